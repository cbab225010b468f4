import type { DomainEvent } from '#domain/events/registry.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { LineId } from '#domain/shared/ids.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { MailEffect } from '#server/processes/effects.ts';
import type { Letter } from './letter.ts';

/** All that mails are written from, as it is now. */
export type Known = {
  readonly order: ExistingOrder;
  readonly waybill: Waybill;
  /** Of the order, the oldest first. */
  readonly history: readonly Pick<RecordedEvent<DomainEvent>, 'eventId' | 'event' | 'metadata'>[];
  /** Where our warehouses are, by code. */
  readonly cities: Readonly<Record<string, string>>;
};

export type About = Known & { readonly effect: MailEffect };

/** What differs from mail to mail. */
export type Body = Omit<Letter, 'orderNumber' | 'aboutLink' | 'action' | 'items' | 'itemsLeftOut' | 'sums' | 'facts'> &
  Partial<Pick<Letter, 'items' | 'sums' | 'facts'>> & { readonly actionLabel: string };

export const fact = (caption: string, value: string, isCode = false) => ({ caption, value, isCode });

export const plainItems = (lines: readonly { readonly quantity: number; readonly name: string }[]): Letter['items'] =>
  lines.map(({ quantity, name }) => ({ quantity, name, amount: null }));

type CountedLine = { readonly lineId: LineId; readonly sku: string; readonly quantity: number };

/** Lines by their names. The order no longer has those that were called off; its history has. */
export const namedItems = (lines: readonly CountedLine[], history: Known['history']): Letter['items'] => {
  const ordered = history.flatMap(({ event }) => {
    if (event.type === 'OrderPlaced') return event.lines;
    return event.type === 'OrderLineAdded' ? [event.line] : [];
  });
  const names = new Map(ordered.map(({ lineId, name }) => [lineId, name]));
  return plainItems(lines.map(({ lineId, sku, quantity }) => ({ quantity, name: names.get(lineId) ?? sku })));
};
