import { describe, expect, test } from 'vitest';
import { candles, lamps } from '#domain/fulfillment/fulfillment.builders.ts';
import { blankAmendment } from '#domain/order/amend.ts';
import { fold } from '#domain/shared/decider.ts';
import { candle, lineIdOf, uuid } from '#domain/shared/ids.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { readyToPick } from '#domain/waybill/waybill.builders.ts';
import { addressOf, blankDraft, commandOf, isEmptyRequest, needsQuote, previewOf, requestOf } from './change-draft.ts';

const waybill = fold(evolve, blankWaybill, readyToPick);
if (waybill.order.status === 'absent') throw new Error('There is no order to change');
const { order } = waybill;
const address = addressOf(order.shipTo);

describe('a draft', () => {
  test('that only says again what is so asks for nothing', () => {
    const draft = {
      ...blankDraft,
      quantities: { [candles.lineId]: candles.quantity },
      address,
      shippingMethod: order.shippingMethod.code,
    };
    expect(requestOf(order, draft)).toEqual({ added: [], quantities: [], address: null, shippingMethod: null });
    expect(isEmptyRequest(requestOf(order, draft))).toBe(true);
    expect(commandOf(order, requestOf(order, draft), uuid(1), null)).toBeNull();
  });

  test('of fewer items calls them off at once, and shows the lower total', () => {
    const request = requestOf(order, { ...blankDraft, quantities: { [candles.lineId]: 1 } });
    expect(needsQuote(order, request)).toBe(false);
    const command = commandOf(order, request, uuid(1), null);
    expect(command).toEqual({
      type: 'CancelLines',
      orderId: order.orderId,
      cancellationId: uuid(1),
      lines: [{ lineId: candles.lineId, quantity: 1 }],
      reason: 'Canceled by the customer',
      restock: true,
    });
    const preview = command && previewOf(command, waybill);
    expect(preview?.before).toEqual(order.totals);
    expect(preview?.after.grandTotalMinor).toBeLessThan(order.totals.grandTotalMinor);
    expect(preview?.refundMinor).toBe(0);
  });

  test('of more of one and fewer of another waits for its quote, and names the exact charge', () => {
    const quantities = { [candles.lineId]: 5, [lamps.lineId]: 0 };
    const request = requestOf(order, { ...blankDraft, quantities });
    expect(needsQuote(order, request)).toBe(true);
    expect(commandOf(order, request, uuid(1), null)).toBeNull();
    const command = commandOf(order, request, uuid(1), { ...blankAmendment, quantities: request.quantities });
    const preview = command && previewOf(command, waybill);
    expect(preview?.chargeMinor).toBe((preview?.after.grandTotalMinor ?? 0) - order.totals.grandTotalMinor);
  });

  test('of another product waits for its quote, though it takes fewer of what there is', () => {
    const product = { lineId: lineIdOf(9), sku: candle, name: 'Candle', picture: null, hue: 0, priceMinor: 500 };
    const added = [{ ...product, quantity: 2 }];
    const request = requestOf(order, { ...blankDraft, added, quantities: { [candles.lineId]: 1 } });
    expect(request.added).toEqual([{ lineId: lineIdOf(9), sku: candle, quantity: 2 }]);
    expect([isEmptyRequest({ ...request, quantities: [] }), needsQuote(order, request)]).toEqual([false, true]);
    expect(commandOf(order, request, uuid(1), null)).toBeNull();
  });

  test('of another street keeps the region within a country, and drops it abroad', () => {
    const moved = { ...address, street: 'Rua de Cedofeita 5' };
    expect(requestOf(order, { ...blankDraft, address: moved }).address).toEqual({
      ...moved,
      region: order.shipTo.region,
    });
    expect(requestOf(order, { ...blankDraft, address: { ...moved, country: 'ES' } }).address?.region).toBeNull();
  });
});
