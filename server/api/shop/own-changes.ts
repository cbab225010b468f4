import type { OrderId } from '#domain/shared/ids.ts';
import { isUnbegun } from '#domain/waybill/quantities.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import { type AmendmentRequest, readWaybill } from '#server/runtime/enrich-amendment.ts';
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
