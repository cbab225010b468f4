import type { PlaceOrder } from '#domain/order/decide.ts';
import type { Contact, PaymentMethod, ShippingMethod, Tier } from '#domain/order/events.ts';
import type { LineId, OrderId, Sku, SubjectId } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';
import type { CartProblem } from './cart-problem.ts';
import { type Cart, priceCart } from './price-cart.ts';
import type { WaybillRuntime } from './runtime.ts';

/** What a buyer sends: choices and where it goes, but no price, tax, promise or name of a product. */
export type OrderRequest = {
  readonly orderId: OrderId;
  readonly lines: Cart['lines'];
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
  /** The total on the buyer's screen; when it is no longer true, nothing is ordered. */
  readonly agreedTotalMinor: number | null;
};

/** Who buys, as the server knows them. */
export type Buyer = {
  readonly subjectId: string;
  /** Null for a guest. */
  readonly customerId: string | null;
  readonly tier: Tier;
};

export type Enriched =
  | { readonly ok: true; readonly command: PlaceOrder }
  | { readonly ok: false; readonly rejection: CartProblem | CardUnknown };

type CardUnknown = { readonly code: 'CardInvalid'; readonly problem: 'token_unknown' };

/**
 * Turns a buyer's request into the command that `decide` takes: prices, tax, promise, tier and order number are put
 * in here, as of `now` (ISO), and stay with the order as at placing. The card is looked up meanwhile; null: it is unknown.
 */
export const enrichPlaceOrder = async (
  runtime: Pick<WaybillRuntime, 'crud' | 'orderNumbers'>,
  request: OrderRequest,
  buyer: Buyer,
  method: Promise<PaymentMethod | null>,
  now: string,
): Promise<Enriched> => {
  const { orderId, contact, address } = request;
  const [paymentMethod, cart] = await Promise.all([
    method,
    priceCart(runtime.crud, { ...request, country: address.country }, now),
  ]);
  if (!paymentMethod) return { ok: false, rejection: { code: 'CardInvalid', problem: 'token_unknown' } };
  const [problem] = cart.problems;
  if (problem) return { ok: false, rejection: problem };
  const { chosen, totals } = cart;
  if (!chosen) return { ok: false, rejection: { code: 'ShippingMethodUnknown', method: request.shippingMethod } };
  const { agreedTotalMinor } = request;
  if (agreedTotalMinor !== null && agreedTotalMinor !== totals.grandTotalMinor)
    return {
      ok: false,
      rejection: { code: 'PriceChanged', wasMinor: agreedTotalMinor, isMinor: totals.grandTotalMinor },
    };
  return {
    ok: true,
    command: {
      type: 'PlaceOrder',
      orderId,
      orderNumber: await runtime.orderNumbers.next(),
      externalReference: null,
      subjectId: buyer.subjectId as SubjectId,
      customerId: buyer.customerId,
      tier: buyer.tier,
      contact,
      shipTo: {
        recipient: { name: address.name, street: address.street },
        postalCode: address.postalCode,
        city: address.city,
        region: address.region,
        country: address.country,
      },
      channel: 'web',
      currency: cart.currency as Currency,
      lines: cart.lines.map(({ product, quantity, unitPriceMinor, discountMinor, taxMinor, totalMinor }, index) => ({
        // Unique within the whole shop: reservations are keyed by it.
        lineId: `${orderId}:${index + 1}` as LineId,
        sku: product.sku as Sku,
        name: product.name,
        picture: product.picture,
        hue: product.hue,
        bin: product.bin,
        quantity,
        unitPriceMinor,
        discountMinor,
        taxMinor,
        totalMinor,
      })),
      shippingMethod: { code: chosen.code, name: chosen.name, priceMinor: chosen.priceMinor },
      discount: cart.discount,
      taxRateBasisPoints: cart.tax.basisPoints,
      totals,
      paymentMethod,
      promise: chosen.promise,
      warehousesByDistance: [...cart.warehousesByDistance],
    },
  };
};
