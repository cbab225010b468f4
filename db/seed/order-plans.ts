import type { PlaceOrder } from '#domain/order/decide.ts';

/** How far an order's story goes, and what is odd about it. */
export type Ending =
  | 'just placed'
  | 'awaiting bank'
  | 'open'
  | 'late'
  | 'at risk'
  | 'held'
  | 'picking'
  | 'packed'
  | 'shipped'
  | 'completed'
  | 'delivery failed'
  | 'sold out'
  | 'declined'
  | 'canceled'
  | 'part refunded'
  | 'refunded';

export type OrderPlan = {
  /** Index into `people`. */
  readonly person: number;
  /** SKU and quantity. */
  readonly lines: readonly (readonly [string, number])[];
  /** How long ago it was placed. */
  readonly hoursAgo: number;
  readonly ending: Ending;
  readonly method: PlaceOrder['shippingMethod']['code'];
  readonly discountCode: string | null;
  readonly note: string | null;
};

type Told = Pick<OrderPlan, 'person' | 'hoursAgo' | 'ending'> & {
  /** Of one product each; which ones, the caller picks. */
  readonly quantities: readonly number[];
  readonly more?: Partial<Pick<OrderPlan, 'method' | 'discountCode' | 'note'>>;
};

const tell = (
  person: number,
  hoursAgo: number,
  ending: Ending,
  quantities: readonly number[],
  more: NonNullable<Told['more']> = {},
): Told => ({ person, hoursAgo, ending, quantities, more });

/** The orders that somebody should meet on the first screen: every state, and what an agent has to deal with. */
const told: readonly Told[] = [
  tell(0, 0.1, 'just placed', [1]),
  tell(5, 0.2, 'just placed', [2, 1]),
  tell(2, 0.05, 'awaiting bank', [4], { method: 'express' }),
  tell(0, 2.2, 'picking', [1, 1, 2], { note: 'Please knock, the bell is broken.' }),
  tell(1, 1.4, 'open', [1]),
  tell(8, 3, 'open', [1, 2], { method: 'express' }),
  tell(12, 3.5, 'open', [2, 1, 1, 1]),
  tell(11, 5, 'at risk', [2], { method: 'express' }),
  tell(13, 21, 'at risk', [2, 1], { discountCode: 'HELLO10' }),
  tell(4, 50, 'late', [6], { note: 'Birthday on Saturday, asked twice.' }),
  tell(9, 74, 'late', [1, 3]),
  tell(6, 31, 'held', [3], { note: 'Street number does not exist in Bruxelles. Wrote to Claire.' }),
  tell(7, 8, 'held', [12]),
  tell(10, 26, 'packed', [1, 1]),
  tell(3, 28, 'packed', [2]),
  tell(13, 30, 'shipped', [1, 2]),
  tell(2, 33, 'shipped', [3], { method: 'express' }),
  tell(3, 20, 'declined', [1]),
  tell(8, 55, 'sold out', [1]),
  tell(5, 60, 'canceled', [1, 1], { note: 'Ordered twice by mistake.' }),
  tell(0, 190, 'part refunded', [1, 2], { note: 'One piece arrived chipped. Photo in the mail.' }),
  tell(4, 260, 'refunded', [1]),
  tell(6, 170, 'delivery failed', [1]),
];

const oddEndings: Partial<Record<number, Ending>> = { 7: 'canceled', 15: 'refunded', 23: 'declined', 31: 'canceled' };

/** The weeks before: mostly orders that went well. */
const past: readonly Told[] = Array.from({ length: 42 }, (_, index) =>
  tell(
    (index * 5 + 3) % 14,
    96 + index * 15.3,
    oddEndings[index] ?? 'completed',
    Array.from({ length: 1 + (index % 3) }, (_line, nth) => 1 + ((index + nth) % 2)),
    { method: index % 4 === 0 ? 'express' : 'standard', discountCode: index % 6 === 0 ? 'HELLO10' : null },
  ),
);

/** About thirty days of orders, the oldest first, over the given SKUs. */
export const orderPlans = (skus: readonly string[]): OrderPlan[] =>
  [...past, ...told]
    .map(({ person, hoursAgo, ending, quantities, more }, index) => ({
      person,
      hoursAgo,
      ending,
      method: more?.method ?? 'standard',
      discountCode: more?.discountCode ?? null,
      note: more?.note ?? null,
      // Strides that share no factor with the catalog's length, so that nothing repeats visibly.
      lines: quantities.map((quantity, nth) => [skus[(index * 7 + nth * 16) % skus.length] ?? '', quantity] as const),
    }))
    .toSorted((a, b) => b.hoursAgo - a.hoursAgo);
