import type { BoundedField } from './bounds.ts';

/** What is known of one filter. */
type FilterFacts =
  | {
      readonly kind: 'state';
      /** "payment:captred is not a state." */
      readonly what: string;
      readonly values: readonly string[];
      /** Other words for a value. */
      readonly aliases: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'word';
      readonly what: string;
      /** Always understood, and offered first; any other word will do unless it is known which there are. */
      readonly values: readonly string[];
      readonly pattern?: RegExp;
    }
  | { readonly kind: 'amount' | 'age' | 'day'; readonly examples: readonly string[] };

/** What an order can be filtered by, in the order in which it is offered. Widened by adding a row. */
export const filterFields = {
  status: {
    kind: 'state',
    what: 'state',
    values: ['placed', 'confirmed', 'completed', 'rejected', 'canceled', 'draft', 'discarded'],
    aliases: { cancelled: 'canceled', drafts: 'draft' },
  },
  payment: {
    kind: 'state',
    what: 'state',
    values: [
      'captured',
      'authorized',
      'declined',
      'pending',
      'requires_action',
      'partially_captured',
      'partially_refunded',
      'refunded',
      'voided',
      'expired',
    ],
    aliases: { paid: 'captured', part_paid: 'partially_captured', part_refunded: 'partially_refunded' },
  },
  fulfillment: {
    kind: 'state',
    what: 'state',
    values: ['open', 'on_hold', 'picking', 'packed', 'shipped', 'delivered', 'delivery_failed', 'canceled', 'none'],
    aliases: { held: 'on_hold', failed: 'delivery_failed' },
  },
  /** `any`, `none`, or words of the reason. */
  hold: { kind: 'word', what: 'hold', values: ['any', 'none'] },
  placed: { kind: 'age', examples: ['<7d', '>24h', '2026-11-01', '2026-11-01..2026-11-07'] },
  total: { kind: 'amount', examples: ['>100', '<=50', '10..50'] },
  /** `me`, `none`, or a part of a name. */
  assignee: { kind: 'word', what: 'name at the desk', values: ['me', 'none'] },
  tag: { kind: 'word', what: 'tag', values: ['any', 'none'] },
  updated: { kind: 'age', examples: ['<1h', '<7d', '>30d'] },
  shipby: { kind: 'day', examples: ['today', '<=tomorrow', '2026-11-01'] },
  tier: { kind: 'state', what: 'tier', values: ['gold', 'silver', 'standard'], aliases: {} },
  channel: { kind: 'state', what: 'channel', values: ['web', 'phone', 'marketplace'], aliases: {} },
  /** ISO 3166-1 alpha-2. */
  country: { kind: 'word', what: 'country of two letters', values: [], pattern: /^[a-z]{2}$/ },
  warehouse: { kind: 'word', what: 'warehouse', values: [] },
} as const satisfies Record<string, FilterFacts> & Record<BoundedField, FilterFacts>;

export type FilterField = keyof typeof filterFields;

export const factsOf = (field: FilterField): FilterFacts => filterFields[field];

export const isFilterField = (text: string): text is FilterField => Object.hasOwn(filterFields, text);
