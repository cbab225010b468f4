import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { HistoryEntry } from '#server/queries/shop-order-timeline.ts';

/** An order's state as its customer may see it: without what staff wrote for each other. */
export const customerWaybill = (waybill: Waybill): Waybill => {
  const { order } = waybill;
  if (order.status === 'absent') return waybill;
  return { ...waybill, order: { ...order, notes: order.notes.filter(({ visibility }) => visibility === 'customer') } };
};

const isStaff = (role: string): boolean => role !== 'customer' && role !== 'guest' && role !== 'system';

/** An event as the order's customer may see it; null when it is internal. Staff are named by their role only. */
export const customerEvent = (recorded: RecordedEvent<DomainEvent>): RecordedEvent<DomainEvent> | null => {
  const { event, metadata } = recorded;
  if (event.type === 'OrderNoteAdded' && event.visibility === 'internal') return null;
  const seen = event.type === 'PickingStarted' ? { ...event, picker: 'warehouse' } : event;
  if (!isStaff(metadata.actor.role)) return { ...recorded, event: seen };
  return { ...recorded, event: seen, metadata: { ...metadata, actor: { ...metadata.actor, id: metadata.actor.role } } };
};

/** An entry of an order's history as its customer may see it; null when it is internal. Tells no person's id. */
export const customerEntry = ({ eventId, occurredAt, actor, event }: HistoryEntry) => {
  if (event.type === 'OrderNoteAdded' && event.visibility === 'internal') return null;
  const seen = event.type === 'PickingStarted' ? { ...event, picker: 'warehouse' } : event;
  return { eventId, occurredAt, role: actor.role, event: seen };
};

/** The events that a customer may see. */
export const customerEvents = (events: readonly RecordedEvent<DomainEvent>[]): RecordedEvent<DomainEvent>[] =>
  events.flatMap((event) => customerEvent(event) ?? []);
