'use client';

import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { ProgressLine } from '../../_ui/route-line.tsx';
import { spanWords } from './lag-words.ts';
import { consumerWords, type Rebuild, rebuildWords } from './system-status.ts';
import type { useSystemActs } from './use-system.ts';

const progressText = (rebuild: Rebuild): string => {
  if (rebuild.cancelRequested) return 'Canceling, the live tables stay';
  const word = rebuild.paused ? 'Paused' : rebuildWords[rebuild.state];
  if (rebuild.state !== 'scanning') return word;
  const eta = rebuild.etaSeconds === null ? '' : `, ${spanWords(rebuild.etaSeconds * 1_000)} left`;
  return `${word}: ${formatCount(rebuild.eventsDone)} of ${formatCount(rebuild.eventsTotal)}, ${formatCount(rebuild.eventsPerSecond)} a second${eta}`;
};

const shareDone = ({ state, eventsDone, eventsTotal }: Rebuild): number => {
  if (state === 'requested') return 0;
  if (state === 'scanning') return eventsTotal === 0 ? 0 : Math.min(0.98, eventsDone / eventsTotal);
  return 0.99;
};

interface RebuildLineProps {
  readonly rebuild: Rebuild;
  readonly acts: ReturnType<typeof useSystemActs>;
}

/** The second line of a projection while it is rebuilt: what is still to come is dashed. */
export const RebuildLine = ({ rebuild, acts }: RebuildLineProps) => {
  const { rebuildId, paused, projections } = rebuild;
  const names = projections.map((name) => consumerWords[name]?.name ?? name).join(', ');
  const text = progressText(rebuild);
  return (
    <div className="grid items-center gap-x-6 gap-y-1 pt-1 lg:grid-cols-[240px_minmax(0,1fr)_260px]">
      <span className="text-meta text-muted">Rebuild of {names}</span>
      <span className="min-w-0">
        <ProgressLine label={`Rebuild of ${names}`} value={shareDone(rebuild)} valueText={text} />
        <span className="block text-center text-meta text-muted tabular-nums">{text}</span>
      </span>
      <span className="flex justify-end gap-2">
        <Button
          size="sm"
          disabled={rebuild.cancelRequested}
          onClick={() => acts.pause.mutate({ rebuildId, paused: !paused })}
        >
          {paused ? 'Go on' : 'Pause'}
        </Button>
        <Button size="sm" disabled={rebuild.cancelRequested} onClick={() => acts.cancel.mutate({ rebuildId })}>
          Cancel
        </Button>
      </span>
    </div>
  );
};
