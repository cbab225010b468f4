import type { DomainEvent } from '#domain/events/registry.ts';
import type { OrderPlaced, Tier } from '#domain/order/events.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import { isErased } from '#domain/shared/personal.ts';
import { describeEvent, type EventFormat } from '#domain/waybill/event-words.ts';
import { formatMoney } from '../../_ui/format.ts';

export const erasedWord = 'erased';

export const tierWords: Readonly<Record<Tier, string>> = { standard: 'Standard', silver: 'Silver', gold: 'Gold' };

export const channelWords: Readonly<Record<OrderPlaced['channel'], string>> = {
  web: 'Web shop',
  phone: 'Phone',
  marketplace: 'Marketplace',
};

const cardNames: Readonly<Record<OrderPlaced['paymentMethod']['kind'], string>> = {
  card: 'Card',
  debit_card: 'Debit card',
  boleto: 'Boleto',
  voucher: 'Voucher',
  other: 'Other',
};

/** "Visa 4242", "Boleto". */
export const methodWords = ({ kind, brand, last4 }: OrderPlaced['paymentMethod']): string => {
  const name = brand ? `${brand.slice(0, 1).toUpperCase()}${brand.slice(1)}` : cardNames[kind];
  return last4 ? `${name} ${last4}` : name;
};

type Names = {
  /** By code. */
  readonly warehouses?: Readonly<Record<string, string>>;
  readonly staff?: readonly { readonly id: string; readonly name: string }[];
};

/** Writes events with the names of places and people, as far as they are there. */
export const formatWith = ({ warehouses = {}, staff = [] }: Names = {}): EventFormat => ({
  money: (minor, currency) => formatMoney(minor, currency),
  warehouse: (code) => warehouses[code] ?? code,
  staff: (id) => staff.find((person) => person.id === id)?.name ?? 'a colleague',
});

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** Who did it: a name and role, "Checkout process", "Import". */
export const actorWords = (
  { id, role }: Actor,
  names: Readonly<Record<string, string>>,
  contact: OrderPlaced['contact'] | undefined,
): string => {
  if (role === 'system') {
    const [kind, name] = id.split(':');
    return kind === 'process' && name ? `${sentence(name.replaceAll(/[_-]/g, ' '))} process` : sentence(kind ?? id);
  }
  if (role === 'customer' || role === 'guest') {
    const name = contact && !isErased(contact) ? contact.name : erasedWord;
    return `${name}, ${role}`;
  }
  return names[id] ? `${names[id]}, ${role}` : sentence(role);
};

/** The first name where there is one: "Inês changed". */
export const shortName = (actor: Actor, names: Readonly<Record<string, string>>): string =>
  names[actor.id]?.split(' ')[0] ??
  (actor.role === 'system' ? 'Waybill' : `Another ${actor.role} agent`.replace('support agent', 'agent'));

export const eventTitle = (event: DomainEvent, format: EventFormat): string => describeEvent(event, format).title;
