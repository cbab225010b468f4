import type { DraftOrderCreated, PriceOverride } from '#domain/order/draft-events.ts';
import type { Contact, OrderPlaced, PaymentMethod, ShippingMethod } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, Sku } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { CartProblem } from './cart-problem.ts';
import { type PricedCart, priceCart } from './price-cart.ts';
import type { WaybillRuntime } from './runtime.ts';

/** One line of a draft as an agent writes it: what, how many, and at what price if not the catalog's. */
export type DraftLine = {
  readonly lineId: LineId;
  readonly sku: string;
  readonly quantity: number;
  readonly price: { readonly unitPriceMinor: number; readonly reason: string } | null;
};

/** What an agent writes down: choices and agreed prices, but no tax, promise, sum or name of a product. */
export type DraftRequest = {
  readonly lines: readonly DraftLine[];
  readonly contact: Contact;
  readonly address: {
    readonly name: string;
    readonly street: string;
    readonly postalCode: string;
    readonly city: string;
    readonly region: string | null;
    readonly country: string;
  };
  readonly shippingMethod: ShippingMethod['code'];
  readonly discountCode: string | null;
};

/** Whom it is for is known apart from what it says. */
export type DraftContent = Omit<
  DraftOrderCreated,
  'type' | 'orderId' | 'orderNumber' | 'subjectId' | 'customerId' | 'tier'
>;

type Enriched<Content> =
  | { readonly ok: true; readonly content: Content }
  | { readonly ok: false; readonly rejection: CartProblem };

/** Prices what an agent has written, at the catalog's prices but for those that were agreed. */
export const priceDraft = (
  { crud }: Pick<WaybillRuntime, 'crud'>,
  request: Pick<DraftRequest, 'lines' | 'shippingMethod' | 'discountCode'> & { readonly country: string },
  now: string,
): Promise<PricedCart> => {
  const lines = request.lines.map(({ sku, quantity, price }) => ({
    sku,
    quantity,
    agreedPriceMinor: price?.unitPriceMinor,
  }));
  return priceCart(crud, { ...request, lines }, now);
};

const linesOf = (cart: PricedCart, lines: readonly DraftLine[]): OrderPlaced['lines'] =>
  // Nothing is missing of a cart without problems: its lines are the request's, in their order.
  cart.lines.flatMap(({ product, quantity, unitPriceMinor, discountMinor, taxMinor, totalMinor }, index) => {
    const wanted = lines[index];
    if (!wanted) return [];
    const { name, picture, hue, bin } = product;
    const goods = { lineId: wanted.lineId, sku: product.sku as Sku, name, picture, hue, bin, quantity };
    return [{ ...goods, unitPriceMinor, discountMinor, taxMinor, totalMinor }];
  });

/** The agreed prices that aren't the catalog's of today, with what that one is. */
const overridesOf = (cart: PricedCart, lines: readonly DraftLine[]): PriceOverride[] =>
  lines.flatMap(({ lineId, price }, index) => {
    const catalogPriceMinor = cart.lines[index]?.product.priceMinor;
    if (!price || catalogPriceMinor === undefined || catalogPriceMinor === price.unitPriceMinor) return [];
    return [{ lineId, catalogPriceMinor, reason: price.reason }];
  });

/** Puts into a draft what costs money, as of `now` (ISO). */
export const enrichDraft = async (
  runtime: Pick<WaybillRuntime, 'crud'>,
  request: DraftRequest,
  now: string,
): Promise<Enriched<DraftContent>> => {
  const { lines, contact, address, shippingMethod } = request;
  const cart = await priceDraft(runtime, { ...request, country: address.country }, now);
  const [problem] = cart.problems;
  if (problem) return { ok: false, rejection: problem };
  const { chosen } = cart;
  if (!chosen) return { ok: false, rejection: { code: 'ShippingMethodUnknown', method: shippingMethod } };
  const { name, street, ...place } = address;
  return {
    ok: true,
    content: {
      contact,
      shipTo: { recipient: { name, street }, ...place },
      lines: linesOf(cart, lines),
      overrides: overridesOf(cart, lines),
      shippingMethod: { code: chosen.code, name: chosen.name, priceMinor: chosen.priceMinor },
      discount: cart.discount,
      taxRateBasisPoints: cart.tax.basisPoints,
      totals: cart.totals,
      promise: chosen.promise,
      warehousesByDistance: [...cart.warehousesByDistance],
      currency: cart.currency as Currency,
    },
  };
};

/** What was written down of a draft, to be counted anew. */
const requestOf = (draft: ExistingOrder): DraftRequest => {
  const { lines, overrides = [], shipTo, shippingMethod, discount, contact } = draft;
  const { recipient, ...place } = shipTo;
  const reasonOf = new Map(overrides.map(({ lineId, reason }) => [lineId, reason]));
  return {
    lines: lines.map(({ lineId, sku, quantity, unitPriceMinor }) => {
      const reason = reasonOf.get(lineId);
      return { lineId, sku, quantity, price: reason === undefined ? null : { unitPriceMinor, reason } };
    }),
    // The decider refuses an order for somebody who was erased.
    contact: isErased(contact) ? { name: '', email: '', phone: null } : contact,
    address: { ...(isErased(recipient) ? { name: '', street: '' } : recipient), ...place },
    shippingMethod: shippingMethod.code,
    discountCode: discount?.code ?? null,
  };
};

/**
 * The order that a draft becomes: its goods, agreed prices and choices, at the catalog's prices, tax, shipping and
 * promise of `now` (ISO). `agreedTotalMinor`: what the agent told the customer; another total places nothing.
 */
export const enrichPlacement = async (
  runtime: Pick<WaybillRuntime, 'crud'>,
  draft: ExistingOrder,
  paymentMethod: PaymentMethod,
  agreedTotalMinor: number,
  now: string,
): Promise<Enriched<Omit<OrderPlaced, 'type'>>> => {
  const enriched = await enrichDraft(runtime, requestOf(draft), now);
  if (!enriched.ok) return enriched;
  const { overrides: _overrides, ...content } = enriched.content;
  const isMinor = content.totals.grandTotalMinor;
  if (isMinor !== agreedTotalMinor)
    return { ok: false, rejection: { code: 'PriceChanged', wasMinor: agreedTotalMinor, isMinor } };
  const { orderId, orderNumber, subjectId, customerId, tier } = draft;
  const known = { orderId, orderNumber, subjectId, customerId, tier };
  return { ok: true, content: { ...known, ...content, externalReference: null, channel: 'phone', paymentMethod } };
};
