import type { DomainEvent, EventType } from '#domain/events/registry.ts';
import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { HistoryEntry } from '#server/queries/shop-order-timeline.ts';

/** Why an order waits is for staff to know: a customer must not read "Fraud check". */
const holdWords = 'We are checking something';

/** Why a price was changed is written for colleagues. */
const priceWords = 'Changed by our support';
const withoutReason = <Price extends { readonly reason: string }>(price: Price): Price => ({
  ...price,
  reason: priceWords,
});

/** Who of the staff picks is for colleagues to know. */
const picker = 'warehouse';

const customerFulfillment = (fulfillment: ExistingFulfillment): ExistingFulfillment => {
  if (fulfillment.status === 'picking') return { ...fulfillment, picker };
  return fulfillment.status === 'on_hold' ? { ...fulfillment, holdReason: holdWords } : fulfillment;
};

/** An order's state as its customer may see it: without what staff wrote for each other, and without their ids. */
export const customerWaybill = (waybill: Waybill): Waybill => {
  const { order } = waybill;
  if (order.status === 'absent') return waybill;
  const holds = Object.fromEntries(Object.keys(order.holds).map((holdId) => [holdId, holdWords]));
  const notes = order.notes.filter(({ visibility }) => visibility === 'customer');
  const amendment = order.amendment && { ...order.amendment, prices: order.amendment.prices.map(withoutReason) };
  const { overrides: _agreed, ...rest } = order;
  const fulfillments = Object.fromEntries(
    Object.entries(waybill.fulfillments).map(([id, fulfillment]) => [id, customerFulfillment(fulfillment)]),
  );
  return { ...waybill, fulfillments, order: { ...rest, notes, holds, amendment, tags: [], assignee: null } };
};

type Views = {
  readonly [Type in EventType]?: (event: Extract<DomainEvent, { type: Type }>) => DomainEvent | null;
};

/** What a customer doesn't see as it is: null hides it. */
const views: Views = {
  OrderNoteAdded: (event) => (event.visibility === 'internal' ? null : event),
  // What was written down before it was an order.
  DraftOrderCreated: () => null,
  DraftOrderRevised: () => null,
  DraftOrderDiscarded: () => null,
  OrderTagged: () => null,
  OrderUntagged: () => null,
  OrderAssigned: () => null,
  OrderHoldPlaced: (event) => ({ ...event, reason: holdWords }),
  FulfillmentHeld: (event) => ({ ...event, reason: holdWords }),
  AmendmentRequested: (event) => ({ ...event, prices: event.prices.map(withoutReason) }),
  OrderLinePriceOverridden: withoutReason,
  PickingStarted: (event) => ({ ...event, picker }),
};

const oftenHidden: readonly string[] = [
  'OrderNoteAdded',
  'DraftOrderCreated',
  'DraftOrderRevised',
  'DraftOrderDiscarded',
  'OrderTagged',
  'OrderUntagged',
  'OrderAssigned',
];

/** What a customer may be told of an event of which only the type is known: null where it may be one that is hidden. */
export const customerType = (type: string): string | null => (oftenHidden.includes(type) ? null : type);

const shown = (event: DomainEvent): DomainEvent | null => {
  // The pairing of an event with its own entry can't be told to the compiler.
  const view = views[event.type] as ((event: DomainEvent) => DomainEvent | null) | undefined;
  return view ? view(event) : event;
};

const isStaff = (role: string): boolean => role !== 'customer' && role !== 'guest' && role !== 'system';

/** An event as the order's customer may see it; null when it is internal. Staff are named by their role only. */
export const customerEvent = (recorded: RecordedEvent<DomainEvent>): RecordedEvent<DomainEvent> | null => {
  const { metadata } = recorded;
  const seen = shown(recorded.event);
  if (!seen) return null;
  if (!isStaff(metadata.actor.role)) return { ...recorded, event: seen };
  return { ...recorded, event: seen, metadata: { ...metadata, actor: { ...metadata.actor, id: metadata.actor.role } } };
};

/** An entry of an order's history as its customer may see it; null when it is internal. Tells no person's id. */
export const customerEntry = ({ eventId, occurredAt, actor, event }: HistoryEntry) => {
  const seen = shown(event);
  return seen && { eventId, occurredAt, role: actor.role, event: seen };
};

/** The events that a customer may see. */
export const customerEvents = (events: readonly RecordedEvent<DomainEvent>[]): RecordedEvent<DomainEvent>[] =>
  events.flatMap((event) => customerEvent(event) ?? []);
