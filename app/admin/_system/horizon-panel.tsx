import { spanWords } from './lag-words.ts';
import type { SystemStatus } from './system-status.ts';

/** How long the oldest open transaction hides new events from readers, and whose it is. */
export const HorizonPanel = ({ horizon }: { readonly horizon: SystemStatus['horizon'] }) => {
  const { ageMs, blockers } = horizon;
  return (
    <>
      <p>
        {blockers.length === 0
          ? 'No open transaction hides events from their readers.'
          : `The oldest open transaction is ${spanWords(ageMs)} old: events appended since wait for it.`}
      </p>
      {blockers.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <section aria-label="Who holds the horizon" tabIndex={0} className="mt-2 overflow-x-auto">
          <table className="w-full min-w-[560px] text-left tabular-nums">
            <thead className="border-rule border-y bg-tint text-meta text-muted">
              <tr>
                {['Who', 'Database', 'State', 'Process', 'Last query', 'Open for'].map((head) => (
                  <th key={head} scope="col" className="px-2 py-1.5 font-medium">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {blockers.map((blocker) => (
                <tr key={`${blocker.kind} ${blocker.pid} ${blocker.name}`} className="border-rule border-b">
                  <th scope="row" className="px-2 py-1.5 font-normal">
                    {blocker.name || blocker.user || blocker.kind}
                    {blocker.holds && <span className="ml-2 font-semibold text-hold">holds it</span>}
                  </th>
                  <td className="px-2 py-1.5">{blocker.database ?? '–'}</td>
                  <td className="px-2 py-1.5">{blocker.state ?? '–'}</td>
                  {/* As kill and pg_terminate_backend want it. */}
                  <td className="px-2 py-1.5">{blocker.pid ?? '–'}</td>
                  <td className="px-2 py-1.5">
                    {blocker.queryAgeMs === null ? '–' : `${spanWords(blocker.queryAgeMs)} ago`}
                  </td>
                  <td className="px-2 py-1.5">
                    {blocker.transactionAgeMs === null ? '–' : spanWords(blocker.transactionAgeMs)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
};
