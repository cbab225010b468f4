import { blankAmendment } from '#domain/order/amend.ts';
import type { Amendment, Delivery } from '#domain/order/amendment-events.ts';
import type { Discount, OrderLine, ShippingMethod } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, Sku } from '#domain/shared/ids.ts';
import { isErased } from '#domain/shared/personal.ts';
import { minorOf } from '../_order/amount.ts';

/** A product that was found and put on the draft, at the catalog's price of that moment. */
export type DraftProduct = {
  readonly lineId: LineId;
  readonly sku: Sku;
  readonly name: string;
  readonly picture: string | null;
  readonly hue: number;
  readonly priceMinor: number;
  readonly quantity: number;
};

/** As it was typed. */
export type DraftPrice = { readonly text: string; readonly reason: string };

export type DraftAddress = {
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly region: string | null;
  readonly country: string;
};

/** What an agent has in mind and nobody was told of: choices, by line id where they are about a line. */
export type Draft = {
  readonly added: readonly DraftProduct[];
  readonly quantities: Readonly<Record<string, number>>;
  readonly prices: Readonly<Record<string, DraftPrice>>;
  /** Null: as it is. `code` null: taken away. */
  readonly discount: { readonly code: string | null } | null;
  readonly address: DraftAddress | null;
  readonly shippingMethod: ShippingMethod['code'] | null;
};

export const blankDraft: Draft = {
  added: [],
  quantities: {},
  prices: {},
  discount: null,
  address: null,
  shippingMethod: null,
};

/** What the API is asked for, all of it different from what the order has. */
export type DraftRequest = {
  readonly added: { readonly lineId: LineId; readonly sku: Sku; readonly quantity: number }[];
  readonly quantities: { readonly lineId: LineId; readonly quantity: number }[];
  readonly prices: { readonly lineId: LineId; readonly unitPriceMinor: number; readonly reason: string }[];
  readonly discount: { readonly code: string | null } | null;
  readonly address: DraftAddress | null;
  readonly shippingMethod: ShippingMethod['code'] | null;
};

/** The order's own address; an erased person's fields are empty, to be filled in. */
export const addressOf = ({ shipTo }: ExistingOrder): DraftAddress => {
  const { recipient, postalCode, city, region, country } = shipTo;
  const { name, street } = isErased(recipient) ? { name: '', street: '' } : recipient;
  return { name, street, postalCode, city, region, country };
};

const trimmed = ({ name, street, postalCode, city, region, country }: DraftAddress): DraftAddress => ({
  name: name.trim(),
  street: street.trim(),
  postalCode: postalCode.trim(),
  city: city.trim(),
  region: region?.trim() || null,
  country,
});

const isSameAddress = (a: DraftAddress, b: DraftAddress): boolean =>
  (['name', 'street', 'postalCode', 'city', 'region', 'country'] as const).every((part) => a[part] === b[part]);

export const quantityOf = (draft: Draft, line: OrderLine): number => draft.quantities[line.lineId] ?? line.quantity;

/** Lines that stay or come, with the price that each has by itself. */
const pricedLines = (draft: Draft, order: ExistingOrder): readonly { lineId: LineId; ownMinor: number }[] => [
  ...order.lines
    .filter((line) => quantityOf(draft, line) > 0)
    .map(({ lineId, unitPriceMinor }) => ({ lineId, ownMinor: unitPriceMinor })),
  ...draft.added.map(({ lineId, priceMinor }) => ({ lineId, ownMinor: priceMinor })),
];

const otherPrices = (draft: Draft, order: ExistingOrder): DraftRequest['prices'] =>
  pricedLines(draft, order).flatMap(({ lineId, ownMinor }) => {
    const price = draft.prices[lineId];
    const unitPriceMinor = price ? minorOf(price.text) : null;
    if (!price || unitPriceMinor === null || unitPriceMinor === ownMinor) return [];
    return [{ lineId, unitPriceMinor, reason: price.reason.trim() }];
  });

/** Lines that the order no longer has are left out: a draft may have been put aside while a colleague went on. */
export const requestOf = (draft: Draft, order: ExistingOrder): DraftRequest => {
  const address = draft.address && trimmed(draft.address);
  const { discount } = draft;
  const isOtherDiscount = discount !== null && discount.code !== (order.discount?.code ?? null);
  return {
    added: draft.added.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
    quantities: order.lines.flatMap((line) => {
      const quantity = quantityOf(draft, line);
      return quantity === line.quantity ? [] : [{ lineId: line.lineId, quantity }];
    }),
    prices: otherPrices(draft, order),
    discount: isOtherDiscount ? discount : null,
    address: address && !isSameAddress(address, trimmed(addressOf(order))) ? address : null,
    shippingMethod: draft.shippingMethod === order.shippingMethod.code ? null : draft.shippingMethod,
  };
};

export const changesIn = (request: DraftRequest): number =>
  request.added.length +
  request.quantities.length +
  request.prices.length +
  [request.discount, request.address, request.shippingMethod].filter((part) => part !== null).length;

/** What is to be mended before the draft can be sent, by field: `price:<line>`, `reason:<line>`, `address.city`. */
export const problemsOf = (draft: Draft, order: ExistingOrder): Readonly<Record<string, string>> => {
  const problems: Record<string, string> = {};
  for (const { lineId, ownMinor } of pricedLines(draft, order)) {
    const price = draft.prices[lineId];
    if (!price) continue;
    const minor = minorOf(price.text);
    if (minor === null) problems[`price:${lineId}`] = 'Enter a price, like 19.90.';
    else if (minor !== ownMinor && price.reason.trim() === '')
      problems[`reason:${lineId}`] = 'Say why, for whoever asks later.';
  }
  const { address } = requestOf(draft, order);
  const needed = { name: 'a name', street: 'a street', postalCode: 'a postal code', city: 'a town' } as const;
  for (const [part, what] of Object.entries(needed))
    if (address && address[part as keyof typeof needed] === '') problems[`address.${part}`] = `Enter ${what}.`;
  return problems;
};

/**
 * The part of a change that only the server can price: added products, the discount, another country or way of
 * shipping. Null when there is none, and the browser knows all that it costs.
 */
export const toBeQuoted = (request: DraftRequest, order: ExistingOrder): DraftRequest | null => {
  const { added, discount, address, shippingMethod } = request;
  const isAbroad = address !== null && address.country !== order.shipTo.country;
  if (added.length === 0 && discount === null && shippingMethod === null && !isAbroad) return null;
  return { added, quantities: [], prices: [], discount, address: isAbroad ? address : null, shippingMethod };
};

/** What the server has priced of a change. */
export type Quoted = {
  readonly added: Amendment['added'];
  readonly discount: { readonly to: Discount | null } | null;
  readonly delivery: Delivery | null;
};

/** The whole amendment, of what the server has priced and what the browser knows by itself. */
export const amendmentOf = ({ quantities, prices, address }: DraftRequest, quoted: Quoted | null): Amendment => ({
  ...blankAmendment,
  added: quoted?.added ?? [],
  discount: quoted?.discount ?? null,
  delivery: quoted?.delivery ?? null,
  quantities,
  prices,
  shipTo: address && {
    recipient: { name: address.name, street: address.street },
    postalCode: address.postalCode,
    city: address.city,
    region: address.region,
    country: address.country,
  },
});
