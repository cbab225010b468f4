import { z } from 'zod';

const line = z.strictObject({ sku: z.string().min(1).max(64), quantity: z.int().min(1).max(999) });

/** What the browser keeps. A shape that it doesn't know (an older version's) is forgotten. */
export const cartSchema = z.strictObject({
  lines: z.array(line).max(2_000),
  /** Where it goes to, ISO 3166-1 alpha-2: prices of shipping and dates depend on it. */
  country: z.string().regex(/^[A-Z]{2}$/),
  discountCode: z.string().max(40).nullable(),
  /** By order id: what was ordered and is neither confirmed nor refused yet. It comes back if it is refused. */
  ordered: z.record(z.string(), z.array(line)),
});

export type Cart = Readonly<z.infer<typeof cartSchema>>;
export type CartLine = Readonly<z.infer<typeof line>>;

export const emptyCart: Cart = { lines: [], country: 'PT', discountCode: null, ordered: {} };

export const quantityMost = 99;

const within = (quantity: number): number => Math.min(quantityMost, Math.max(1, quantity));

/** How many pieces lie in the cart. */
export const countOf = (cart: Cart): number => cart.lines.reduce((total, { quantity }) => total + quantity, 0);

export const quantityOf = (cart: Cart, sku: string): number =>
  cart.lines.find((candidate) => candidate.sku === sku)?.quantity ?? 0;

export const withQuantity = (cart: Cart, sku: string, quantity: number): Cart => ({
  ...cart,
  lines: cart.lines.map((candidate) => (candidate.sku === sku ? { sku, quantity: within(quantity) } : candidate)),
});

export const withMore = (cart: Cart, sku: string, quantity: number): Cart =>
  quantityOf(cart, sku) > 0
    ? withQuantity(cart, sku, quantityOf(cart, sku) + quantity)
    : { ...cart, lines: [...cart.lines, { sku, quantity: within(quantity) }] };

export const without = (cart: Cart, sku: string): Cart => ({
  ...cart,
  lines: cart.lines.filter((candidate) => candidate.sku !== sku),
});

/** Undoes `without`: the line is where it was; if it was added anew meanwhile, the pieces come together. */
export const withLineBack = (cart: Cart, { sku, quantity }: CartLine, index: number): Cart =>
  quantityOf(cart, sku) > 0
    ? withMore(cart, sku, quantity)
    : { ...cart, lines: cart.lines.toSpliced(index, 0, { sku, quantity }) };

/** Puts aside what is being ordered: the cart is empty, and knows what to put back. */
export const setAsideFor = (cart: Cart, orderId: string, lines: readonly CartLine[]): Cart => ({
  ...cart,
  lines: [],
  ordered: { ...cart.ordered, [orderId]: [...lines] },
});

const forgotten = (cart: Cart, orderId: string): Cart => {
  const { [orderId]: _, ...ordered } = cart.ordered;
  return { ...cart, ordered };
};

/** The order stands: what was put aside for it is bought. */
export const settled = (cart: Cart, orderId: string): Cart =>
  cart.ordered[orderId] ? { ...forgotten(cart, orderId), discountCode: null } : cart;

/** The order came to nothing: what was put aside for it is in the cart again, beside what was added since. */
export const givenBack = (cart: Cart, orderId: string): Cart => {
  const lines = cart.ordered[orderId];
  if (!lines) return cart;
  return lines.reduce((kept, { sku, quantity }) => withMore(kept, sku, quantity), forgotten(cart, orderId));
};

/** What is left of an order when each sold-out SKU is cut down to what can be had. */
export const restOf = (
  lines: readonly CartLine[],
  soldOut: readonly { readonly sku: string; readonly available: number }[],
): CartLine[] =>
  lines.flatMap(({ sku, quantity }) => {
    const cut = soldOut.find((candidate) => candidate.sku === sku);
    const left = cut ? Math.min(quantity, cut.available) : quantity;
    return left > 0 ? [{ sku, quantity: left }] : [];
  });
