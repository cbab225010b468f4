import { expect, test } from 'vitest';
import { fold } from '#domain/shared/decider.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { confirmed } from '#domain/waybill/waybill.builders.ts';
import { tokenless, tokenlessWaybill } from './hidden-token.ts';

const waybill = fold(evolve, blankWaybill, confirmed);
const { order, payments } = waybill;
if (order.status === 'absent') throw new Error('The story begins with an order');
const { token } = order.paymentMethod;

test('the token of a card leaves with no state and no event; brand and last digits do', () => {
  const seen = JSON.stringify([tokenlessWaybill(waybill), tokenless(confirmed.map((event) => ({ event })))]);
  expect(JSON.stringify([waybill, confirmed])).toContain(`"token":"${token}"`);
  expect(seen).not.toContain(`"token":"${token}"`);
  expect(seen).toContain(`"last4":"${order.paymentMethod.last4}"`);
});

test('a payment that was taken elsewhere is still known by having none', () => {
  const method = { ...order.paymentMethod, token: null };
  const elsewhere = Object.fromEntries(Object.entries(payments).map(([id, each]) => [id, { ...each, method }]));
  const seen = tokenlessWaybill({ ...waybill, payments: elsewhere });
  expect(Object.values(seen.payments).map((payment) => payment.method.token)).toEqual([null]);
});
