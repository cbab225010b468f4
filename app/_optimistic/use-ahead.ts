'use client';

import { useState } from 'react';
import type { OverlaidEvent, Problem } from './overlay.ts';

export type AheadInput = {
  readonly overlaid: readonly OverlaidEvent[];
  readonly problems: readonly Problem[];
  /** When the history was last read, ms since the epoch (`dataUpdatedAt`). */
  readonly toldAt: number;
};

export type Ahead = AheadInput & {
  /** What the row holds by now, and the history perhaps not yet. */
  readonly left: readonly OverlaidEvent[];
};

/** What is ahead of the history after an overlay or the history has changed. Pure. */
export const followAhead = (before: Ahead, now: AheadInput): Ahead => {
  const isOverlaid = new Set(now.overlaid.map(({ eventId }) => eventId));
  const isRefused = new Set(now.problems.map(({ commandId }) => commandId));
  const gone = before.overlaid.filter(
    ({ eventId, commandId }) => !isOverlaid.has(eventId) && !isRefused.has(commandId),
  );
  // The next history has it, or it changed nothing.
  const earlier = now.toldAt === before.toldAt ? before.left.filter(({ eventId }) => !isOverlaid.has(eventId)) : [];
  return { ...now, left: [...earlier, ...gone.map((event) => ({ ...event, isRecorded: true }))] };
};

/**
 * What a history doesn't tell yet, the oldest first. Row and history are read apart: what only one of them has by now
 * would else be gone from the screen until the other has it too.
 */
export const useAhead = (
  { overlaid, problems }: Omit<AheadInput, 'toldAt'>,
  history: { readonly entries: readonly { readonly eventId: string }[]; readonly toldAt: number },
): readonly OverlaidEvent[] => {
  const { entries, toldAt } = history;
  const [ahead, setAhead] = useState<Ahead>({ overlaid, problems, toldAt, left: [] });
  const now =
    ahead.overlaid === overlaid && ahead.problems === problems && ahead.toldAt === toldAt
      ? ahead
      : followAhead(ahead, { overlaid, problems, toldAt });
  if (now !== ahead) setAhead(now);
  const told = new Set(entries.map(({ eventId }) => eventId));
  return [...now.left, ...overlaid].filter(({ eventId }) => !told.has(eventId));
};
