'use client';

import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { formatCount } from '../../_ui/format.ts';
import { ProgressLine } from '../../_ui/route-line.tsx';
import { spanWords } from './lag-words.ts';
import { RebuildLine } from './rebuild-line.tsx';
import { type Consumer, consumerWords, isRunning, type SystemStatus, shareOf } from './system-status.ts';
import type { useSystemActs } from './use-system.ts';

type ProjectionName = SystemStatus['projections'][number]['name'];

/** Counting ends there: more is said as "over". */
const lagEventsMost = 10_000;

const lagText = ({ lagEvents, lagMs }: Pick<Consumer, 'lagEvents' | 'lagMs'>): string => {
  if (lagEvents === 0) return 'at the head';
  const events = lagEvents >= lagEventsMost ? `over ${formatCount(lagEvents)}` : formatCount(lagEvents);
  return `${events} ${lagEvents === 1 ? 'event' : 'events'}, ${spanWords(lagMs)} behind`;
};

interface ConsumerLinesProps {
  readonly status: SystemStatus;
  readonly acts: ReturnType<typeof useSystemActs>;
}

/** A line from 0 to the head for each reader of the store, with its stop at the checkpoint. */
export const ConsumerLines = ({ status, acts }: ConsumerLinesProps) => {
  const [asked, setAsked] = useState<ProjectionName | null>(null);
  const { head, consumers, projections, rebuilds } = status;
  const running = rebuilds.filter(isRunning);
  const rows = [
    ...projections.map(({ name, version }) => ({ name: name as ProjectionName | 'processes', version })),
    { name: 'processes' as const, version: 1 },
  ];
  return (
    <>
      <ul>
        {rows.map(({ name, version }) => {
          const consumer = consumers.find((each) => each.name === name && each.version === version);
          const words = consumerWords[name] ?? { name, detail: '' };
          const rebuild = running.find((each) => each.projections.includes(name));
          const lag = consumer ? lagText(consumer) : 'not started';
          return (
            <li
              key={name}
              className="grid items-center gap-x-6 gap-y-1 border-rule border-t py-2.5 lg:grid-cols-[240px_minmax(0,1fr)_260px]"
            >
              <span className="min-w-0">
                <span className="block font-semibold">{words.name}</span>
                <span className="block truncate text-meta text-muted">{words.detail}</span>
              </span>
              <span className="min-w-0">
                <ProgressLine
                  label={`${words.name}, checkpoint`}
                  value={consumer ? shareOf(consumer, head.position) : 0}
                  valueText={lag}
                />
                <span className="flex justify-between gap-3 text-meta text-muted tabular-nums">
                  <span>0</span>
                  <span className={consumer && consumer.lagMs > 5_000 ? 'font-medium text-hold' : undefined}>
                    {lag}
                  </span>
                  <span>{formatCount(head.position)}</span>
                </span>
              </span>
              <span className="flex items-center justify-between gap-3">
                <span className="min-w-0 truncate text-meta text-muted">
                  {consumer?.holder ? 'driven by a worker' : 'no worker drives it'}
                </span>
                {name !== 'processes' && (
                  <Button size="sm" disabled={rebuild !== undefined} onClick={() => setAsked(name)}>
                    Rebuild
                    <span className="sr-only"> {words.name}</span>
                  </Button>
                )}
              </span>
              {rebuild && rebuild.projections[0] === name && (
                <div className="lg:col-span-3">
                  <RebuildLine rebuild={rebuild} acts={acts} />
                </div>
              )}
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => !open && setAsked(null)}
        title={`Rebuild ${asked ? (consumerWords[asked]?.name ?? asked) : ''}?`}
        confirmLabel="Rebuild"
        danger={false}
        onConfirm={() => {
          if (asked) acts.rebuild.mutate({ projections: [asked] });
          setAsked(null);
        }}
      >
        All {formatCount(head.position)} events are read again into new tables, beside the live ones, which go on
        serving until the new ones have caught up and were compared. It can be paused and canceled.
      </ConfirmDialog>
    </>
  );
};
