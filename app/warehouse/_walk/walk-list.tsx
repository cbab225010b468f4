import { Check, ChevronRight, CircleMinus } from 'lucide-react';
import type { WalkStop } from '#domain/fulfillment/walk.ts';
import { Bin } from '../../_ui/identifier.tsx';
import { Pending } from '../../_ui/pending.tsx';

interface WalkListProps {
  readonly stops: readonly WalkStop[];
  /** Lines with a scan that is not recorded yet. */
  readonly pendingLines: ReadonlySet<string>;
  readonly onGoTo: (lineId: string) => void;
}

const rowLooks = 'flex min-h-row w-full items-center gap-4 bg-sheet px-gutter py-2 text-left';

const Place = ({ bin }: { readonly bin: string | null }) =>
  bin === null ? (
    <span className="w-20 shrink-0 text-muted">No bin</span>
  ) : (
    <Bin value={bin} copy="never" className="w-20 shrink-0 text-shop" />
  );

const Ahead = ({ stop, onGoTo }: { readonly stop: WalkStop; readonly onGoTo: (lineId: string) => void }) => (
  <li className="border-rule border-b">
    <button type="button" onClick={() => onGoTo(stop.lineId)} className={`${rowLooks} focus-inset hover:bg-tint`}>
      <Place bin={stop.bin} />
      <span className="min-w-0 flex-1 break-words">{stop.name}</span>
      <span className="font-semibold tabular-nums">
        <span className="sr-only">still to pick: </span>
        {stop.left}
      </span>
      <ChevronRight aria-hidden="true" className="size-5 shrink-0" />
    </button>
  </li>
);

const Behind = ({ stop, pending }: { readonly stop: WalkStop; readonly pending: boolean }) => (
  <li className={`${rowLooks} border-rule border-b text-muted`}>
    <Place bin={stop.bin} />
    <span className="min-w-0 flex-1 break-words">{stop.name}</span>
    <Pending pending={pending} className="tabular-nums">
      {stop.picked} of {stop.quantity}
    </Pending>
    {stop.missing > 0 ? (
      <CircleMinus aria-label={`${stop.missing} missing`} className="size-5 shrink-0 text-hold" />
    ) : (
      <Check aria-label="picked" className="size-5 shrink-0 text-good" />
    )}
  </li>
);

/** The other stops: what is next, by bin, then what is done. */
export const WalkList = ({ stops, pendingLines, onGoTo }: WalkListProps) => {
  const ahead = stops.filter(({ left }) => left > 0);
  const behind = stops.filter(({ left }) => left === 0);
  const headLooks = 'border-rule border-b px-gutter pt-3 pb-1 font-medium text-desk text-muted';
  return (
    <>
      {ahead.length > 0 && (
        <section aria-labelledby="walk-ahead">
          <h2 id="walk-ahead" className={headLooks}>
            Next on the walk
          </h2>
          <ul>
            {ahead.map((stop) => (
              <Ahead key={stop.lineId} stop={stop} onGoTo={onGoTo} />
            ))}
          </ul>
        </section>
      )}
      {behind.length > 0 && (
        <section aria-labelledby="walk-behind">
          <h2 id="walk-behind" className={headLooks}>
            In the tote
          </h2>
          <ul>
            {behind.map((stop) => (
              <Behind key={stop.lineId} stop={stop} pending={pendingLines.has(stop.lineId)} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
};
