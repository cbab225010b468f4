import { describe, expect, test } from 'vitest';
import { candles, lamps } from '#domain/fulfillment/fulfillment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { lineIdOf } from '#domain/shared/ids.builders.ts';
import type { LineId } from '#domain/shared/ids.ts';
import { express, welcome } from '#domain/waybill/amendment.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { readyToPick } from '#domain/waybill/waybill.builders.ts';
import { addressOf, amendmentOf, blankDraft, changesIn, problemsOf, requestOf, toBeQuoted } from './draft.ts';

const { order } = fold(evolve, blankWaybill, readyToPick);
if (order.status === 'absent') throw new Error('No order');
const nothing = requestOf(blankDraft, order);

describe('what is asked for', () => {
  test('is nothing while nothing differs, whatever was touched', () => {
    const touched = requestOf(
      {
        ...blankDraft,
        quantities: { [candles.lineId]: candles.quantity },
        address: { ...addressOf(order), city: ` ${addressOf(order).city} ` },
        shippingMethod: order.shippingMethod.code,
        discount: { code: order.discount?.code ?? null },
      },
      order,
    );
    expect(touched).toEqual(nothing);
    expect(changesIn(touched)).toBe(0);
  });
  test('leaves out lines that the order no longer has', () => {
    expect(requestOf({ ...blankDraft, quantities: { 'line-99': 3 } }, order)).toEqual(nothing);
  });
  test('gives an added product a price of its own, with its reason', () => {
    const product = { lineId: 'new' as LineId, sku: lamps.sku, name: 'Lamp', picture: null, hue: 0, priceMinor: 5_000 };
    const draft = { ...blankDraft, added: [{ ...product, quantity: 1 }] };
    const asked = requestOf({ ...draft, prices: { new: { text: '45', reason: ' Promised ' } } }, order);
    expect(asked.prices).toEqual([{ lineId: 'new', unitPriceMinor: 4_500, reason: 'Promised' }]);
    expect(requestOf({ ...draft, prices: { new: { text: '50.00', reason: '' } } }, order).prices).toEqual([]);
  });
  test('has no price for a line that is removed', () => {
    const request = requestOf(
      {
        ...blankDraft,
        quantities: { [lamps.lineId]: 0 },
        prices: { [lamps.lineId]: { text: '45', reason: 'Scratched' } },
      },
      order,
    );
    expect(request).toEqual({ ...nothing, quantities: [{ lineId: lamps.lineId, quantity: 0 }] });
  });
});

describe('what is to be mended', () => {
  test('a price that is none, a price without a reason, an address without a town', () => {
    const draft = {
      ...blankDraft,
      prices: {
        [candles.lineId]: { text: 'cheap', reason: '' },
        [lamps.lineId]: { text: '45.00', reason: ' ' },
      },
      address: { ...addressOf(order), city: '' },
    };
    expect(problemsOf(draft, order)).toEqual({
      [`price:${candles.lineId}`]: 'Enter a price, like 19.90.',
      [`reason:${lamps.lineId}`]: 'Say why, for whoever asks later.',
      'address.city': 'Enter a town.',
    });
  });
  test('the order’s own price needs no reason', () => {
    const own = order.lines.find(({ lineId }) => lineId === lamps.lineId)?.unitPriceMinor ?? 0;
    expect(
      problemsOf({ ...blankDraft, prices: { [lamps.lineId]: { text: String(own / 100), reason: '' } } }, order),
    ).toEqual({});
  });
});

describe('what the server is asked to price', () => {
  test('nothing, where quantities, prices or a street of the same country change', () => {
    const request = requestOf(
      {
        ...blankDraft,
        quantities: { [candles.lineId]: 5 },
        prices: { [lamps.lineId]: { text: '1.00', reason: 'Gift' } },
        address: { ...addressOf(order), street: 'Rua Nova 2' },
      },
      order,
    );
    expect(changesIn(request)).toBe(3);
    expect(toBeQuoted(request, order)).toBeNull();
  });
  test('another country, with its address; quantities don’t matter to it', () => {
    const address = { ...addressOf(order), country: 'ES' };
    const request = requestOf({ ...blankDraft, address, quantities: { [candles.lineId]: 5 } }, order);
    expect(toBeQuoted(request, order)).toEqual({ ...nothing, address });
  });
});

test('an amendment is what the server priced and what the browser knows', () => {
  const request = requestOf(
    { ...blankDraft, quantities: { [candles.lineId]: 1 }, discount: { code: 'WELCOME' }, shippingMethod: 'express' },
    order,
  );
  const quoted = { added: [], discount: { to: welcome }, delivery: express };
  expect(amendmentOf(request, quoted)).toEqual({
    added: [],
    quantities: [{ lineId: lineIdOf(1), quantity: 1 }],
    prices: [],
    discount: { to: welcome },
    shipTo: null,
    delivery: express,
    exchangeFor: null,
  });
});
