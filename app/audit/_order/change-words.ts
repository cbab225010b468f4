import { isErased } from '#domain/shared/personal.ts';
import type { Change } from '#domain/waybill/changes.ts';
import { formatExact, formatMoney } from '../../_ui/format.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const instant = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** The collections that an id follows, in the singular. */
const members: Readonly<Record<string, string>> = {
  payments: 'payment',
  fulfillments: 'fulfillment',
  lines: 'line',
  notes: 'note',
  holds: 'hold',
  captures: 'capture',
  refunds: 'refund',
};

/** Keys that say too little by themselves. */
const fields: Readonly<Record<string, string>> = { notified: 'mails sent' };

/** `grandTotalMinor` → "grand total". */
const spelled = (key: string): string =>
  (fields[key] ?? key)
    .replace(/Minor$/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();

/** The random end of an id: what tells one from another at a glance. */
export const shortId = (id: string): string => (uuid.test(id) ? id.slice(-6) : id);

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** Where a change is: "Payment 4f21c0, captures, amount"; what belongs to the order needs no such word. */
export const pathWords = (path: readonly string[]): string => {
  const parts: string[] = [];
  for (let index = path[0] === 'order' && path.length > 1 ? 1 : 0; index < path.length; index += 1) {
    const key = path[index] ?? '';
    const next = path[index + 1];
    const member = members[key];
    if (member !== undefined && next !== undefined) {
      parts.push(`${member} ${shortId(next)}`);
      index += 1;
    } else parts.push(spelled(key));
  }
  return sentence(parts.join(', '));
};

const plain = (value: unknown, key: string, currency: string): string => {
  if (value === null || value === undefined) return 'none';
  if (isErased(value)) return 'erased';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return key.endsWith('Minor') ? formatMoney(value, currency) : String(value);
  if (typeof value === 'string')
    return instant.test(value) ? formatExact(Date.parse(value)) : shortId(value) || 'empty';
  if (Array.isArray(value))
    return value.length === 0 ? 'none' : value.map((item) => plain(item, key, currency)).join('; ');
  const entries = Object.entries(value);
  if (entries.length === 0) return 'none';
  return entries.map(([name, part]) => `${spelled(name)} ${plain(part, name, currency)}`).join(', ');
};

export type ChangeWords = {
  readonly id: string;
  readonly what: string;
  /** Null: there was nothing. */
  readonly before: string | null;
  /** Null: it is gone. */
  readonly after: string | null;
};

/** A change in words. Amounts in `currency`, instants exact in UTC. */
export const changeWords = ({ path, before, after }: Change, currency: string): ChangeWords => {
  const key = path.at(-1) ?? '';
  return {
    id: path.join('/'),
    what: pathWords(path),
    before: before === undefined ? null : plain(before, key, currency),
    after: after === undefined ? null : plain(after, key, currency),
  };
};
