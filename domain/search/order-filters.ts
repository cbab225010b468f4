/** What is known of one filter. */
export type FilterFacts = {
  /** "payment:captred is not a state." */
  readonly what: string;
  /** Null where any word will do. */
  readonly values: readonly string[] | null;
  /** Other words for a value. */
  readonly aliases: Readonly<Record<string, string>>;
};

/** What an order can be filtered by, in the order in which it is offered. Widened by adding a row. */
export const filterFields = {
  status: {
    what: 'state',
    values: ['placed', 'confirmed', 'completed', 'rejected', 'canceled'],
    aliases: { cancelled: 'canceled' },
  },
  payment: {
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
    what: 'state',
    values: ['open', 'on_hold', 'picking', 'packed', 'shipped', 'delivered', 'delivery_failed', 'canceled', 'none'],
    aliases: { held: 'on_hold', failed: 'delivery_failed' },
  },
  /** `any`, `none`, or words of the reason. */
  hold: { what: 'hold', values: null, aliases: {} },
  tier: { what: 'tier', values: ['gold', 'silver', 'standard'], aliases: {} },
  channel: { what: 'channel', values: ['web', 'phone', 'marketplace'], aliases: {} },
  /** ISO 3166-1 alpha-2. */
  country: { what: 'country', values: null, aliases: {} },
  warehouse: { what: 'warehouse', values: null, aliases: {} },
} as const satisfies Record<string, FilterFacts>;

export type FilterField = keyof typeof filterFields;

export const isFilterField = (text: string): text is FilterField => Object.hasOwn(filterFields, text);

export const currentStates = (field: FilterField): readonly string[] =>
  filterFields[field].values ?? (field === 'hold' ? ['any', 'none'] : []);
