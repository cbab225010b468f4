import type { WaybillEvent } from '#domain/events/registry.ts';
import { type CauseNode, causeTree } from '#domain/shared/cause-tree.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { statesAlong } from '#domain/waybill/as-of.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { RouterOutputs } from '../../_trpc/router-types.ts';

export type OrderEvents = RouterOutputs['audit']['order']['events'];
export type RecordedOrderEvent = OrderEvents['events'][number];

/** One event of the order, or a stock event that belongs to it, in the tree of causes. */
export type HistoryNode = {
  readonly eventId: string;
  readonly causationId: string | null;
  readonly correlationId: string;
  /** 1 for the order's first event; null for stock. */
  readonly number: number | null;
  readonly streamId: StreamId;
  readonly event: RecordedOrderEvent['event'];
  readonly actor: RecordedOrderEvent['metadata']['actor'];
  readonly recordedAt: string;
};

export type OrderHistory = {
  readonly events: readonly RecordedOrderEvent[];
  /** One more than events: before the first, after it, and so on. */
  readonly states: readonly Waybill[];
  readonly tree: readonly CauseNode<HistoryNode>[];
};

type Placed = HistoryNode & { readonly at: RecordedOrderEvent['at'] };

const byPosition = (a: Placed, b: Placed): number =>
  a.at.incarnation - b.at.incarnation || a.at.transactionId - b.at.transactionId || a.at.position - b.at.position;

/** What an order's events tell, folded once by the domain itself. */
export const orderHistory = ({ events, stock }: OrderEvents): OrderHistory => {
  const own = events.map(({ eventId, metadata, streamId, event, recordedAt, at }, index): Placed => {
    const { causationId, correlationId, actor } = metadata;
    return { eventId, causationId, correlationId, number: index + 1, streamId, event, actor, recordedAt, at };
  });
  const others = stock.map(
    ({ eventId, causationId, correlationId, streamId, event, actor, recordedAt, ...at }): Placed => ({
      eventId,
      causationId,
      correlationId,
      number: null,
      streamId,
      event,
      actor,
      recordedAt,
      at,
    }),
  );
  return {
    events,
    // No stock lies under an order key.
    states: statesAlong(events.map(({ event }) => event as WaybillEvent)),
    tree: causeTree([...own, ...others].toSorted(byPosition)),
  };
};
