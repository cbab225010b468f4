import type { WaybillEvent } from '../events/registry.ts';
import { candles, lamps } from '../fulfillment/fulfillment.builders.ts';
import { blankAmendment } from '../order/amend.ts';
import type { Amendment } from '../order/amendment-events.ts';
import { address, lineOf } from '../order/order.builders.ts';
import { fold } from '../shared/decider.ts';
import { candle, fulfillmentId, lineIdOf, orderId, porto, rotterdam, uuid } from '../shared/ids.builders.ts';
import type { CancelLines, CompleteAmendment, DeclineAmendment, RequestAmendment } from './amend.ts';
import { decide, type WaybillCommand } from './decide.ts';
import type { ApproveReturn, DeclineReturn, InspectReturn, ReceiveReturn, RequestReturn } from './returns.ts';
import { blankWaybill, evolve } from './state.ts';
import { delivered, readyToPick } from './waybill.builders.ts';

export const inLisbon = { ...address, postalCode: '1100-048', city: 'Lisboa' };
export const express: NonNullable<Amendment['delivery']> = {
  method: { code: 'express', name: 'Express', priceMinor: 990 },
  promise: { shipBy: '2026-11-15T12:00:00.000Z', deliverBy: '2026-11-16T18:00:00.000Z' },
  taxRateBasisPoints: 2_300,
  warehousesByDistance: [porto, rotterdam],
};
export const welcome = { code: 'WELCOME', kind: 'percent', value: 1_000 } as const;

export const amendmentOf = (change: Partial<Amendment>): Amendment => ({ ...blankAmendment, ...change });
/** A third line of candles, one fewer of the first, a cheaper lamp, a discount, another address, faster. */
export const everything = amendmentOf({
  added: [lineOf(3, candle, 2, 6_490)],
  quantities: [{ lineId: candles.lineId, quantity: 1 }],
  prices: [{ lineId: lamps.lineId, unitPriceMinor: 4_500, reason: 'Scratched' }],
  discount: { to: welcome },
  shipTo: inLisbon,
  delivery: express,
});

export const requestAmendment = (change: Partial<Amendment> = everything, number = 1): RequestAmendment => ({
  type: 'RequestAmendment',
  orderId,
  amendmentId: uuid(700 + number),
  amendment: amendmentOf(change),
});
export const completeAmendment = (number = 1): CompleteAmendment => ({
  type: 'CompleteAmendment',
  orderId,
  amendmentId: uuid(700 + number),
});
export const declineAmendment = (number = 1): DeclineAmendment => ({
  type: 'DeclineAmendment',
  orderId,
  amendmentId: uuid(700 + number),
  reason: { code: 'PaymentDeclined', declineCode: 'insufficient_funds' },
});
export const cancelLines = (...lines: CancelLines['lines']): CancelLines => ({
  type: 'CancelLines',
  orderId,
  cancellationId: uuid(800),
  lines,
  reason: 'One is enough',
  restock: true,
});
export const requestReturn = (over: Partial<Omit<RequestReturn, 'type'>> = {}): RequestReturn => ({
  type: 'RequestReturn',
  orderId,
  returnId: uuid(901),
  fulfillmentId,
  lines: [{ lineId: candles.lineId, quantity: 2 }],
  reason: 'They smell of nothing',
  resolution: 'refund',
  ...over,
});
export const approveReturn: ApproveReturn = { type: 'ApproveReturn', orderId, returnId: uuid(901) };
export const declineReturn: DeclineReturn = {
  type: 'DeclineReturn',
  orderId,
  returnId: uuid(901),
  reason: 'They were burnt down',
};
export const receiveReturn: ReceiveReturn = {
  type: 'ReceiveReturn',
  orderId,
  returnId: uuid(901),
  lines: [{ lineId: candles.lineId, quantity: 2 }],
};
export const inspectReturn: InspectReturn = {
  type: 'InspectReturn',
  orderId,
  returnId: uuid(901),
  lines: [
    { lineId: candles.lineId, quantity: 1, disposition: 'restock' },
    { lineId: candles.lineId, quantity: 1, disposition: 'refused' },
  ],
};

/** A history and what these commands add to it. Throws when one of them is refused. */
export const followedBy = (
  history: readonly WaybillEvent[],
  ...commands: WaybillCommand[]
): readonly WaybillEvent[] => {
  let events = history;
  for (const command of commands) {
    const decision = decide(command, fold(evolve, blankWaybill, events));
    if (!decision.ok) throw new Error(`${command.type} is refused: ${decision.rejection.code}`);
    events = [...events, ...decision.events];
  }
  return events;
};

export const amendmentAsked = followedBy(readyToPick, requestAmendment());
export const amended = followedBy(amendmentAsked, completeAmendment());
/** The added candles have found their warehouse. */
export const amendedAndSourced = followedBy(amended, {
  type: 'ExtendFulfillment',
  orderId,
  fulfillmentId,
  lines: [{ ...candles, lineId: lineIdOf(3), quantity: 2 }],
});
export const returnAsked = followedBy(delivered, requestReturn());
export const returnInspected = followedBy(returnAsked, approveReturn, receiveReturn, inspectReturn);
