import { type Projection, sourceKeyOf } from '#server/projections/define-projection.ts';
import type { Page } from './read-safely.ts';

/** How many things to write at once, so that no write holds the horizon back for long. */
export const createBatchSize = (most: number, msMax: number, least = 20) => {
  let size = Math.min(500, most);
  return {
    now: () => size,
    took: (ms: number, count: number) => {
      if (ms > msMax) size = Math.max(least, Math.floor(size / 2));
      else if (count >= size && ms < msMax * 0.7) size = Math.min(most, Math.ceil(size * 1.5));
    },
  };
};

/** Below this a batch costs what its round trip does: smaller ones would only fall further behind. */
const leastBatch = 100;

type BatchOf<Events> = { readonly page: Events; readonly count: number };

/**
 * Which events of a page to fold at once. A write takes as long as it has rows: one an event in a log, elsewhere one an
 * order however many of its events there are. So that much of a backlog is written once, a page has many events, and is
 * cut where it has as many orders as one write may have.
 */
export const createBatching = (projection: Projection, eventsMost: number, msMax: number) => {
  const isLog = projection.folds.some((fold) => fold.form === 'log' && fold.owner === null);
  const size = createBatchSize(eventsMost, msMax, leastBatch);
  let asked = Math.min(500, eventsMost);

  const cut = <Events extends Pick<Page, 'events' | 'readTo' | 'more'>>(page: Events): BatchOf<Events> => {
    if (isLog) return { page, count: page.events.length };
    const sources = new Set<string>();
    for (const [nth, event] of page.events.entries()) {
      const source = sourceKeyOf(event);
      const last = page.events[nth - 1];
      if (sources.size === size.now() && !sources.has(source) && last)
        return {
          page: { ...page, events: page.events.slice(0, nth), readTo: last.at, more: true },
          count: sources.size,
        };
      sources.add(source);
    }
    return { page, count: sources.size };
  };

  return {
    /** How many events to ask for. */
    eventsNow: () => (isLog ? size.now() : asked),
    cut,
    /** Only what is written holds the horizon back: `ms` is the time of the write. */
    took: (ms: number, { page, count }: BatchOf<Pick<Page, 'events'>>) => {
      size.took(ms, count);
      // What is cut off may have to be read again.
      asked = Math.min(eventsMost, Math.max(leastBatch, asked / 2, page.events.length * 2));
    },
  };
};
