import type { FulfillmentId } from '../shared/ids.ts';
import type { Personal } from '../shared/personal.ts';
import type { AmendmentRequested } from './amendment-events.ts';
import type { PriceOverride } from './draft-events.ts';
import type { OrderPlaced, OrderRejectionReason } from './events.ts';
import type { Resolution, ReturnedLine } from './return-events.ts';

/** Raise it when `evolve` folds to another state. */
export const orderFoldVersion = 2;

export type OrderNote = {
  readonly noteId: string;
  readonly text: Personal<string>;
  readonly visibility: 'internal' | 'customer';
};

/** What was asked for; that it came back, and in what state, is the fulfillment's to know. */
export type OrderReturn = {
  readonly returnId: string;
  readonly fulfillmentId: FulfillmentId;
  readonly lines: readonly ReturnedLine[];
  readonly reason: Personal<string>;
  readonly resolution: Resolution;
  readonly status: 'requested' | 'approved' | 'declined';
};

type OrderBody = Omit<OrderPlaced, 'type'> & {
  /** By hold id: the reason. An order without entries is free to be picked. */
  readonly holds: Readonly<Record<string, string>>;
  readonly notes: readonly OrderNote[];
  /** The ids of the mails that went out: two parcels are two shipping notices. */
  readonly notified: readonly string[];
  /** In the order of the alphabet. */
  readonly tags: readonly string[];
  /** The account of whoever sees to it. */
  readonly assignee: string | null;
  /** The one amendment that waits for stock or for the bank. */
  readonly amendment: Omit<AmendmentRequested, 'type' | 'orderId' | 'subjectId'> | null;
  /** Given back because the order came to cost less: no longer counts as paid towards it. */
  readonly givenBackMinor: number;
  readonly returns: Readonly<Record<string, OrderReturn>>;
  /**
   * The ids of the mails that somebody asked for again. Absent until then, so that a state which was kept before there
   * was such a thing is today's.
   */
  readonly mailsAskedFor?: readonly string[];
  /** Prices that were agreed while it was a draft. Absent where there was no draft. */
  readonly overrides?: readonly PriceOverride[];
};

export type ExistingOrder = OrderBody &
  /** Before it is placed it has no way of paying yet, and `discarded` is where it ends without being placed. */
  (
    | { readonly status: 'draft' | 'discarded' | 'placed' | 'confirmed' | 'completed' }
    | { readonly status: 'rejected'; readonly rejection: OrderRejectionReason }
    | { readonly status: 'canceled'; readonly cancellation: { readonly reason: string; readonly restock: boolean } }
  );

export type Order = { readonly status: 'absent' } | ExistingOrder;
export type OrderStatus = ExistingOrder['status'];

export const absentOrder: Order = { status: 'absent' };
