import type { WaybillEvent } from '#domain/events/registry.ts';
import { capturedMinor, refundedMinor } from '#domain/payment/state.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { sum } from '#domain/shared/money.ts';
import { dueMinor, takenMinor } from '#domain/waybill/paid.ts';
import { isSourced } from '#domain/waybill/quantities.ts';
import { goodsReturnedReason, owedForReturn, returnsOf } from '#domain/waybill/returns.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { settleReason } from '#server/processes/complete-money-intents.ts';
import { foldWaybill } from '#server/runtime/handle-command.ts';
import { manyAtOnce, type StoreProcess } from './store.ts';

/** What a story's order came to. */
export type StoryEnds = {
  readonly stories: number;
  readonly amended: number;
  readonly amendmentsDeclined: number;
  readonly partsCanceled: number;
  readonly completed: number;
  readonly refunds: number;
  readonly exchanges: number;
  /** Half way: somebody waits for something that nobody does. */
  readonly hanging: readonly string[];
  /** Money that moved twice, or otherwise than the books say. */
  readonly wrong: readonly string[];
};

type Told = { readonly orderId: OrderId; readonly events: readonly WaybillEvent[]; readonly waybill: Waybill };
type Booked = { readonly payment_id: string; readonly captured_minor: number; readonly refunded_minor: number };

const pendingMovements = ({ payments }: Waybill): number =>
  Object.values(payments)
    .flatMap(({ captures, refunds }) => [...Object.values(captures), ...Object.values(refunds)])
    .filter(({ status }) => status === 'pending').length;

const refundsFor = ({ events }: Told, reason: string): number =>
  sum(
    events.flatMap((event) => (event.type === 'RefundRequested' && event.reason === reason ? [event.amountMinor] : [])),
  );

const owedForReturns = (waybill: Waybill): number =>
  sum(returnsOf(waybill).map(({ returnId }) => owedForReturn(waybill, returnId)));

const hangingOf = (told: Told): string[] => {
  const { waybill } = told;
  const { order } = waybill;
  if (order.status === 'absent' || order.status === 'placed') return [order.status];
  if (order.status === 'rejected' || order.status === 'canceled') return [];
  const fulfillments = liveFulfillments(waybill);
  const isOver = fulfillments.length > 0 && fulfillments.every(({ status }) => status === 'delivered');
  return [
    ...(order.amendment ? ['an amendment waits'] : []),
    ...(pendingMovements(waybill) > 0 ? ['money is under way'] : []),
    ...(isSourced(waybill) ? [] : ['goods have no warehouse']),
    ...(isOver && order.status !== 'completed' ? ['delivered, and not complete'] : []),
    ...(refundsFor(told, goodsReturnedReason) < owedForReturns(waybill) ? ['a return is not made good'] : []),
  ];
};

const wrongsOf = (told: Told, booked: ReadonlyMap<string, Booked>): string[] => {
  const { waybill, events } = told;
  const { order } = waybill;
  if (order.status === 'absent') return [];
  const payments = Object.values(waybill.payments);
  const isBooked = payments.every((payment) => {
    const { captured_minor: captured = 0, refunded_minor: refunded = 0 } = booked.get(payment.paymentId) ?? {};
    return capturedMinor(payment) === captured && refundedMinor(payment) === refunded;
  });
  const moved = events.flatMap((event) => {
    if (event.type === 'PaymentCaptured') return [event.captureId];
    if (event.type === 'PaymentRefunded') return [event.refundId];
    return event.type === 'OrderAmended' ? [event.amendmentId] : [];
  });
  const paid = takenMinor(waybill) - refundsFor(told, settleReason);
  const owed = owedForReturns(waybill);
  const back = refundsFor(told, goodsReturnedReason);
  return [
    ...(isBooked ? [] : ['the bank booked otherwise']),
    ...(new Set(moved).size === moved.length ? [] : ['something was done twice']),
    ...(order.status === 'completed' && paid !== dueMinor(waybill) ? [`${paid} paid for ${dueMinor(waybill)}`] : []),
    ...(back === owed ? [] : [`${back} given back for a return worth ${owed}`]),
  ];
};

/** Looks at the orders of all stories, and at the bank's own books. */
export const endsOf = async ({ sql, store }: StoreProcess, orderIds: readonly OrderId[]): Promise<StoryEnds> => {
  const stories = await manyAtOnce(orderIds.length, 8, async (nth): Promise<Told> => {
    const orderId = orderIds[nth] as OrderId;
    const recorded = await store.readOrder(orderId);
    return { orderId, events: recorded.map(({ event }) => event as WaybillEvent), waybill: foldWaybill(recorded) };
  });
  const paymentIds = stories.flatMap(({ waybill }) => Object.keys(waybill.payments));
  const rows = await sql<Booked[]>`
    select payment_id, captured_minor, refunded_minor from gateway.payments where payment_id = any (${paymentIds}::uuid[])`;
  const booked = new Map(
    rows.map((row) => [
      row.payment_id,
      { ...row, captured_minor: Number(row.captured_minor), refunded_minor: Number(row.refunded_minor) },
    ]),
  );
  const count = (type: WaybillEvent['type']): number =>
    stories.reduce((all, { events }) => all + events.filter((event) => event.type === type).length, 0);
  const said = (of: (told: Told) => string[]): string[] =>
    stories.flatMap((told) => of(told).map((words) => `${told.orderId}: ${words}`));
  return {
    stories: stories.length,
    amended: count('OrderAmended'),
    amendmentsDeclined: count('AmendmentDeclined'),
    partsCanceled: count('OrderLinesCanceled'),
    completed: stories.filter(({ waybill }) => waybill.order.status === 'completed').length,
    refunds: count('PaymentRefunded'),
    exchanges: stories.flatMap(({ events }) =>
      events.filter((event) => event.type === 'AmendmentRequested' && event.exchangeFor !== null),
    ).length,
    hanging: said(hangingOf),
    wrong: said((told) => wrongsOf(told, booked)),
  };
};
