import { v7 } from 'uuid';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { blankAmendment } from '#domain/order/amend.ts';
import type { Amendment } from '#domain/order/amendment-events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { capturedMinor, refundedMinor } from '#domain/payment/state.ts';
import type { LineId, OrderId, Sku } from '#domain/shared/ids.ts';
import { sum } from '#domain/shared/money.ts';
import { dueMinor, paymentsOf, takenMinor } from '#domain/waybill/paid.ts';
import { owedForReturn, returnsOf } from '#domain/waybill/returns.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import type { ProvenHouse } from './open-house.ts';

const amendmentOf = (random: Random, order: ExistingOrder, sku: string): Amendment => {
  const [line] = order.lines;
  if (!line) return blankAmendment;
  const { promise, taxRateBasisPoints, warehousesByDistance } = order;
  const method = { code: 'express', name: 'Express', priceMinor: 990 } as const;
  const added = { name: 'Added', picture: null, hue: 10, bin: null, quantity: 1, unitPriceMinor: 700 };
  const raised = { lineId: line.lineId, quantity: line.quantity + 1 };
  return random.pick<() => Amendment>([
    () => ({ ...blankAmendment, quantities: [raised] }),
    () => ({ ...blankAmendment, added: [{ ...added, lineId: `${order.orderId}:added` as LineId, sku: sku as Sku }] }),
    () => ({ ...blankAmendment, delivery: { method, promise, taxRateBasisPoints, warehousesByDistance } }),
    () => ({ ...blankAmendment, prices: [{ lineId: line.lineId, unitPriceMinor: 50, reason: 'Scratched' }] }),
    () => ({ ...blankAmendment, discount: { to: { code: 'SORRY', kind: 'percent', value: 1_000 } } }),
  ])();
};

/** Asks for a change of a confirmed order, or calls a unit off: most of them, one way or another. */
export const changeSome = async (house: ProvenHouse, random: Random, orderId: OrderId, sku: string): Promise<void> => {
  const { order } = await house.waybill(orderId);
  if (order.status === 'absent') return;
  await house.command(orderId, { type: 'TagOrder', orderId, tag: 'changed' });
  await house.command(orderId, { type: 'AssignOrder', orderId, to: 'agent-1' });
  const many = order.lines.find(({ quantity }) => quantity > 1);
  if (many && random.chance(0.25)) {
    const lines = [{ lineId: many.lineId, quantity: 1 }];
    const wanted = { cancellationId: v7(), lines, reason: 'One is enough', restock: true };
    await house.command(orderId, { type: 'CancelLines', orderId, ...wanted });
  }
  const amendment = amendmentOf(random, order, sku);
  if (random.chance(0.8))
    await house.command(orderId, { type: 'RequestAmendment', orderId, amendmentId: v7(), amendment });
};

/** Sends a unit of what was delivered back, up to its inspection; what follows is the processes'. */
export const sendSomeBack = async (house: ProvenHouse, random: Random, orderId: OrderId): Promise<void> => {
  const arrived = liveFulfillments(await house.waybill(orderId)).find(({ status }) => status === 'delivered');
  const [line] = arrived?.lines ?? [];
  if (!arrived || !line || random.chance(0.3)) return;
  const { fulfillmentId } = arrived;
  const returnId = v7();
  const lines = [{ lineId: line.lineId, quantity: 1 }];
  const resolution = random.pick(['refund', 'exchange'] as const);
  const asked = { orderId, returnId, fulfillmentId, lines, reason: 'Not as shown', resolution };
  await house.command(orderId, { type: 'RequestReturn', ...asked });
  await house.command(orderId, { type: 'ApproveReturn', orderId, returnId });
  await house.command(orderId, { type: 'ReceiveReturn', orderId, returnId, lines });
  const inspected = lines.map((each) => ({ ...each, disposition: random.pick(['restock', 'damaged'] as const) }));
  await house.command(orderId, { type: 'InspectReturn', orderId, returnId, lines: inspected });
};

/** How often the bank was called for each payment, and for what: once for each movement that Waybill knows of. */
const callsOf = async (house: ProvenHouse, orderId: OrderId): Promise<string[]> => {
  const problems: string[] = [];
  for (const payment of paymentsOf(await house.waybill(orderId))) {
    const [bank] = await house.sql<{ captured_minor: number; refunded_minor: number; calls: number }[]>`
      select captured_minor, refunded_minor, (select count(*)::int from gateway.operations as done
        where done.payment_id = payment.payment_id) as calls
      from gateway.payments as payment where payment_id = ${payment.paymentId}`;
    const movements = Object.keys(payment.captures).length + Object.keys(payment.refunds).length;
    const wanted = 1 + movements + (payment.status === 'voided' ? 1 : 0);
    if (bank?.calls !== wanted) problems.push(`${orderId}: ${bank?.calls} operations at the bank, not ${wanted}`);
    const [captured, refunded] = [capturedMinor(payment), refundedMinor(payment)];
    if (Number(bank?.captured_minor) !== captured || Number(bank?.refunded_minor) !== refunded)
      problems.push(`${orderId}: the bank booked otherwise than ${captured} and ${refunded}`);
  }
  return problems;
};

/** What a changed order came to: all of it done, paid to the unit, and made good once. */
export const checkChanged = async (house: ProvenHouse, orderId: OrderId): Promise<string[]> => {
  const waybill = await house.waybill(orderId);
  const { order } = waybill;
  if (order.status === 'absent') return [`${orderId} is not there`];
  const problems = await callsOf(house, orderId);
  if (order.amendment) problems.push(`${orderId}: an amendment waits`);
  const [taken, due] = [takenMinor(waybill), dueMinor(waybill)];
  if (order.status === 'completed' && taken !== due) problems.push(`${orderId}: ${taken} taken for ${due}`);
  const moved = (await house.runtime.store.readOrder(orderId)).map(({ event }) => event as WaybillEvent);
  const back = sum(
    moved.flatMap((event) =>
      event.type === 'RefundRequested' && event.reason === 'Goods were returned' ? [event.amountMinor] : [],
    ),
  );
  const owed = sum(returnsOf(waybill).map(({ returnId }) => owedForReturn(waybill, returnId)));
  if (back !== owed) problems.push(`${orderId}: ${back} given back for returns worth ${owed}`);
  return problems;
};
