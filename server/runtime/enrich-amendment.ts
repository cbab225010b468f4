import { blankAmendment } from '#domain/order/amend.ts';
import type { Amendment } from '#domain/order/amendment-events.ts';
import type { ShippingMethod } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, OrderId, Sku } from '#domain/shared/ids.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { CartProblem } from './cart-problem.ts';
import { foldWaybill } from './handle-command.ts';
import { priceCart } from './price-cart.ts';
import type { WaybillRuntime } from './runtime.ts';

/** What a person wants changed: choices, but no price of the catalog's, no tax, promise or name of a product. */
export type AmendmentRequest = {
  readonly added: readonly { readonly lineId: LineId; readonly sku: string; readonly quantity: number }[];
  /** New quantities; 0 removes the line. */
  readonly quantities: Amendment['quantities'];
  /** A colleague's own prices, with their reasons. Customers have none. */
  readonly prices: Amendment['prices'];
  /** Null: as it is. `code` null: taken away. */
  readonly discount: { readonly code: string | null } | null;
  readonly address: {
    readonly name: string;
    readonly street: string;
    readonly postalCode: string;
    readonly city: string;
    readonly region: string | null;
    readonly country: string;
  } | null;
  readonly shippingMethod: ShippingMethod['code'] | null;
};

export type EnrichedAmendment =
  | { readonly ok: true; readonly amendment: Amendment }
  | { readonly ok: false; readonly rejection: CartProblem };

/** The order as its events make it now. */
export const readWaybill = async ({ store }: Pick<WaybillRuntime, 'store'>, orderId: OrderId): Promise<Waybill> => {
  return foldWaybill(await store.readOrder(orderId));
};

/**
 * Puts into a change what costs money: prices of added products, the discount, and for another country or way of
 * shipping its price, tax, promise and distances, as of `now` (ISO). What the order has keeps its price.
 */
export const enrichAmendment = async (
  { crud }: Pick<WaybillRuntime, 'crud'>,
  order: ExistingOrder,
  request: AmendmentRequest,
  now: string,
): Promise<EnrichedAmendment> => {
  const { address } = request;
  const country = address?.country ?? order.shipTo.country;
  const method = request.shippingMethod ?? order.shippingMethod.code;
  const cart = await priceCart(
    crud,
    { lines: request.added, country, discountCode: request.discount?.code ?? null, shippingMethod: method },
    now,
  );
  const isOtherWay = method !== order.shippingMethod.code || country !== order.shipTo.country;
  // What is not touched by the change is none of its problems: a way of shipping may have been withdrawn since.
  const [problem] = cart.problems.filter(
    ({ code }) => isOtherWay || (code !== 'ShippingMethodUnknown' && code !== 'CountryNotServed'),
  );
  if (problem) return { ok: false, rejection: problem };
  const added = request.added.flatMap(({ lineId, sku, quantity }) => {
    const product = cart.lines.find((line) => line.product.sku === sku)?.product;
    if (!product) return [];
    const { name, picture, hue, bin, priceMinor } = product;
    return [{ lineId, sku: sku as Sku, name, picture, hue, bin, quantity, unitPriceMinor: priceMinor }];
  });
  const { chosen } = cart;
  return {
    ok: true,
    amendment: {
      ...blankAmendment,
      added,
      quantities: request.quantities,
      prices: request.prices,
      discount: request.discount && { to: request.discount.code === null ? null : cart.discount },
      shipTo: address && {
        recipient: { name: address.name, street: address.street },
        postalCode: address.postalCode,
        city: address.city,
        region: address.region,
        country: address.country,
      },
      delivery:
        isOtherWay && chosen
          ? {
              method: { code: chosen.code, name: chosen.name, priceMinor: chosen.priceMinor },
              promise: chosen.promise,
              taxRateBasisPoints: cart.tax.basisPoints,
              warehousesByDistance: [...cart.warehousesByDistance],
            }
          : null,
    },
  };
};
