/** What a tree of causes is built from. */
export type Caused = {
  readonly eventId: string;
  /** The event that a process reacted to; null where a person or a gateway acted. */
  readonly causationId: string | null;
  readonly correlationId: string;
};

/** An event in its tree. Depth 0 acted by itself. */
export type CauseNode<Event> = { readonly event: Event; readonly depth: number };

/**
 * Events in the store's order → what caused what, depth first, causes before their effects. An event hangs under its
 * cause; without one (or where the cause is not among the given events) under the first event of its correlation; and
 * that stands by itself.
 */
export const causeTree = <Event extends Caused>(events: readonly Event[]): CauseNode<Event>[] => {
  const place = new Map(events.map(({ eventId }, index) => [eventId, index]));
  const firsts = new Map<string, string>();
  for (const { correlationId, eventId } of events) if (!firsts.has(correlationId)) firsts.set(correlationId, eventId);
  const roots: Event[] = [];
  const effects = new Map<string, Event[]>();
  for (const [index, event] of events.entries()) {
    const cause = event.causationId === null ? undefined : place.get(event.causationId);
    // Only what stands before an event can have caused it: so the tree has no rings, whatever is recorded.
    const parent =
      cause !== undefined && cause < index ? event.causationId : (firsts.get(event.correlationId) ?? event.eventId);
    if (parent === null || parent === event.eventId) roots.push(event);
    else effects.set(parent, [...(effects.get(parent) ?? []), event]);
  }
  const nodes: CauseNode<Event>[] = [];
  const open = roots.toReversed().map((event) => ({ event, depth: 0 }));
  for (let node = open.pop(); node; node = open.pop()) {
    nodes.push(node);
    const { depth } = node;
    for (const event of (effects.get(node.event.eventId) ?? []).toReversed()) open.push({ event, depth: depth + 1 });
  }
  return nodes;
};
