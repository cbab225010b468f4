import { formatCount } from '../../_ui/format.ts';
import { Time } from '../../_ui/time.tsx';
import { spanWords } from './lag-words.ts';
import { consumerWords, type Rebuild, rebuildWords } from './system-status.ts';

const tookMs = ({ startedAt, finishedAt }: Rebuild): number | null =>
  startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;

/** Rebuilds that have ended, newest first. */
export const PastRebuilds = ({ rebuilds }: { readonly rebuilds: readonly Rebuild[] }) => (
  <ul>
    {rebuilds.map((rebuild) => {
      const took = tookMs(rebuild);
      return (
        <li key={rebuild.rebuildId} className="border-rule border-t py-2">
          <p>
            <span className="font-semibold">{rebuildWords[rebuild.state]}</span>:{' '}
            {rebuild.projections.map((name) => consumerWords[name]?.name ?? name).join(', ')},{' '}
            {formatCount(rebuild.eventsDone)} events{took === null ? '' : ` in ${spanWords(took)}`}
          </p>
          {rebuild.error && <p className="break-words text-bad">{rebuild.error}</p>}
          <p className="text-meta text-muted">
            Asked for by {rebuild.requestedBy}, <Time at={rebuild.requestedAt} />
          </p>
        </li>
      );
    })}
  </ul>
);
