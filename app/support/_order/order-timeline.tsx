'use client';

import { useState } from 'react';
import { describeEvent } from '#domain/waybill/event-words.ts';
import { useAhead } from '../../_optimistic/use-ahead.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { Button } from '../../_ui/button.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { ErrorState } from '../../_ui/states.tsx';
import { Time } from '../../_ui/time.tsx';
import { Timeline, type TimelineEntry } from '../../_ui/timeline.tsx';
import type { OrderPartProps } from './order-part.ts';
import { actorWords } from './words.ts';

const shownAtFirst = 14;

/** What happened, in plain words, the newest first; what isn't settled yet on top, in pencil. */
export const OrderTimeline = ({ desk, order, format }: OrderPartProps) => {
  const [all, setAll] = useState(false);
  const { history, commands } = desk;
  const entries = history.data?.entries ?? [];
  const ahead: TimelineEntry[] = useAhead(commands, { entries, toldAt: history.dataUpdatedAt })
    .toReversed()
    .map(({ eventId, event, at, isRecorded }) => {
      const { title, quote } = describeEvent(event, format);
      return {
        id: eventId,
        // Recorded, but no history tells it yet: still in pencil.
        state: 'pending',
        pendingWords: isRecorded ? 'Not settled yet' : undefined,
        title,
        quote,
        meta: (
          <>
            You ·{' '}
            {isRecorded && (
              <>
                <Time at={at} /> ·{' '}
              </>
            )}
            syncing
          </>
        ),
      };
    });
  const names = history.data?.names ?? {};
  const done: TimelineEntry[] = entries.map(({ eventId, event, actor, occurredAt }, index) => {
    const { title, quote } = describeEvent(event, format);
    return {
      id: eventId,
      state: index === 0 ? 'current' : 'done',
      title,
      quote,
      meta: (
        <>
          {actorWords(actor, names, order.contact)} · <Time at={occurredAt} />
        </>
      ),
    };
  });
  const stops = [...ahead, ...(all ? done : done.slice(0, shownAtFirst))];
  return (
    <section
      aria-label="Timeline"
      className="w-[292px] shrink-0 border-rule border-l px-4 py-2 pb-6 max-xl:w-full max-xl:border-t max-xl:border-l-0"
    >
      <header className="flex min-h-9 items-baseline justify-between py-2">
        <h3 className="font-semibold text-admin">Timeline</h3>
        {done.length > shownAtFirst && (
          <Button variant="link" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Latest only' : `All ${done.length} events`}
          </Button>
        )}
      </header>
      {history.isPending && ahead.length === 0 ? (
        <SkeletonRows count={6} what="the timeline" />
      ) : history.error && entries.length === 0 ? (
        <ErrorState
          title="The timeline could not be read."
          onRetry={() => void history.refetch()}
          reference={referenceOf(history.error)}
        >
          {wordsOf(history.error)}
        </ErrorState>
      ) : (
        <Timeline label="Timeline" entries={stops} />
      )}
    </section>
  );
};
