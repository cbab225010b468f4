import type { Resolution, ReturnedLine } from '#domain/order/return-events.ts';
import { sum } from '#domain/shared/money.ts';
import { type ReadEvent, rowFold } from './define-projection.ts';
import { waybillEventOf } from './waybill-event.ts';

/** A return that the warehouse has still to do something with, or that waits for an agent's word. */
export type FulfillmentReturnRow = {
  readonly returnId: string;
  readonly orderKey: string;
  readonly fulfillmentId: string;
  readonly status: 'requested' | 'approved' | 'received';
  readonly resolution: Resolution;
  /** As announced; from `received` on what has come. */
  readonly lines: readonly ReturnedLine[];
  readonly units: number;
  /** Since when it has had its status. */
  readonly since: string;
};

const counted = (lines: readonly ReturnedLine[]) => ({ lines, units: sum(lines.map(({ quantity }) => quantity)) });

export const evolveFulfillmentReturns = (
  row: FulfillmentReturnRow | undefined,
  recorded: ReadEvent,
): FulfillmentReturnRow | undefined => {
  const event = waybillEventOf(recorded);
  const since = recorded.occurredAt;
  if (event?.type === 'ReturnRequested') {
    const { returnId, orderId: orderKey, fromFulfillment: fulfillmentId, lines, resolution } = event;
    return { returnId, orderKey, fulfillmentId, status: 'requested', resolution, ...counted(lines), since };
  }
  if (!row) return row;
  switch (event?.type) {
    case 'ReturnApproved':
      return { ...row, status: 'approved', since };
    case 'ReturnReceived':
      return { ...row, status: 'received', ...counted(event.lines), since };
    case 'ReturnDeclined':
    case 'ReturnInspected':
      return undefined;
    default:
      return row;
  }
};

/** The third table of `fulfillment_queue`: rows come and go with the returns that are open. */
export const fulfillmentReturns = rowFold<FulfillmentReturnRow>({
  table: {
    name: 'fulfillment_returns',
    key: ['returnId'],
    columns: {
      returnId: 'uuid',
      orderKey: 'uuid',
      fulfillmentId: 'uuid',
      status: 'text',
      resolution: 'text',
      lines: 'jsonb',
      units: 'int',
      since: 'timestamptz',
    },
    personal: [],
  },
  // Most events have no return, so for them this table costs one look at a property.
  key: ({ event, streamType }) =>
    'returnId' in event && (streamType === 'order' || streamType === 'fulfillment') ? event.returnId : null,
  evolve: evolveFulfillmentReturns,
});
