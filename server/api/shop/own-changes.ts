import type { OrderId } from '#domain/shared/ids.ts';
import { isUnbegun } from '#domain/waybill/quantities.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import { productsBySku } from '#server/queries/catalog.ts';
import { type AmendmentRequest, readWaybill } from '#server/runtime/enrich-amendment.ts';
import { foldWaybill } from '#server/runtime/handle-command.ts';
import type { ApiContext } from '../context.ts';
import { rejected } from '../refusal.ts';

/** A customer changes an order until anybody has begun to pick it; after that an agent sees to what is left. */
export const refuseOncePicked = async (ctx: Pick<ApiContext, 'runtime'>, orderId: OrderId): Promise<void> => {
  const begun = liveFulfillments(await readWaybill(ctx.runtime, orderId)).find((each) => !isUnbegun(each));
  if (begun) throw rejected({ code: 'PickingHasStarted', status: begun.status });
};

/** Prices and discounts are not the customer's to set. */
export const ownRequest = (
  input: Pick<AmendmentRequest, 'added' | 'quantities' | 'address' | 'shippingMethod'>,
): AmendmentRequest => {
  const { added, quantities, address, shippingMethod } = input;
  return { added, quantities, address, shippingMethod, prices: [], discount: null };
};

/** A price that a colleague gave, and a replacement at no cost, is for as many units as it was given for. */
export const refuseMoreAtGivenPrice = async (
  { runtime }: Pick<ApiContext, 'runtime'>,
  orderId: OrderId,
  { quantities }: Pick<AmendmentRequest, 'quantities'>,
): Promise<void> => {
  const events = await runtime.store.readOrder(orderId);
  const given = new Set(
    events.flatMap(({ event }) => {
      if (event.type === 'OrderLinePriceOverridden') return [event.lineId];
      const isExchange = event.type === 'AmendmentRequested' && event.exchangeFor !== null;
      return isExchange ? event.added.map(({ lineId }) => lineId) : [];
    }),
  );
  const { order } = foldWaybill(events);
  if (order.status === 'absent' || given.size === 0) return;
  const raised = order.lines.filter(
    ({ lineId, quantity: before }) =>
      given.has(lineId) && quantities.some((each) => each.lineId === lineId && each.quantity > before),
  );
  const products = await productsBySku(
    runtime.crud,
    raised.map(({ sku }) => sku),
  );
  const cheaper = raised.find(({ sku, unitPriceMinor }) => {
    const today = products.get(sku)?.priceMinor;
    return today === undefined || unitPriceMinor < today;
  });
  if (cheaper) throw rejected({ code: 'PriceAgreed', name: cheaper.name });
};
