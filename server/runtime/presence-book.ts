/** One tab of one person on one order. */
export type PresenceSign = {
  readonly orderId: string;
  /** Made by the tab, anew for each order that it opens. */
  readonly tabId: string;
  readonly personId: string;
  readonly name: string;
  /** The action that is being written, such as `refund`; null while just looking. */
  readonly doing: string | null;
  readonly kind: 'came' | 'stays' | 'left';
};

/** A colleague on an order, over all of their tabs. */
export type PresentPerson = { readonly personId: string; readonly name: string; readonly doing: string | null };

export type PresenceBook = {
  /** Takes a sign of life, or of leaving. True when others see something else by it. */
  readonly hear: (sign: PresenceSign) => boolean;
  /** Everybody on an order, by name. */
  readonly peopleOn: (orderId: string) => readonly PresentPerson[];
  /** Drops who gave no sign for too long; the orders that they were on. */
  readonly sweep: () => readonly string[];
};

/** A heartbeat that was still under way must not bring back a tab that left. */
const leftKeptMs = 5_000;

type Entry = PresenceSign & { readonly heardAt: number };

/** Who looks at which order, as one process has heard. By its own clock: the clocks of others don't matter. */
export const createPresenceBook = (silentMostMs: number, now: () => number = Date.now): PresenceBook => {
  const tabs = new Map<string, Entry>();
  const left = new Map<string, number>();
  // Nobody can speak for a tab of somebody else.
  const keyOf = ({ personId, tabId }: Pick<PresenceSign, 'personId' | 'tabId'>): string => `${personId} ${tabId}`;
  return {
    hear: (sign) => {
      const key = keyOf(sign);
      const before = tabs.get(key);
      if (sign.kind === 'left') {
        left.set(key, now());
        return tabs.delete(key);
      }
      // Its stream was cut, and stands again.
      if (sign.kind === 'came') left.delete(key);
      const leftAt = left.get(key);
      if (leftAt !== undefined && now() - leftAt < leftKeptMs) return false;
      tabs.set(key, { ...sign, heardAt: now() });
      return before?.doing !== sign.doing || before.orderId !== sign.orderId || before.name !== sign.name;
    },
    peopleOn: (orderId) => {
      const people = new Map<string, PresentPerson>();
      for (const { personId, name, doing, orderId: on } of tabs.values()) {
        if (on !== orderId) continue;
        const other = people.get(personId);
        people.set(personId, { personId, name, doing: doing ?? other?.doing ?? null });
      }
      return [...people.values()].toSorted(
        (a, b) => a.name.localeCompare(b.name) || (a.personId < b.personId ? -1 : 1),
      );
    },
    sweep: () => {
      const changed = new Set<string>();
      for (const [key, { heardAt, orderId }] of tabs) {
        if (now() - heardAt < silentMostMs) continue;
        tabs.delete(key);
        changed.add(orderId);
      }
      for (const [key, at] of left) if (now() - at >= leftKeptMs) left.delete(key);
      return [...changed];
    },
  };
};
