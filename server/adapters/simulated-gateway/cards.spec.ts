import { expect, test } from 'vitest';
import { checkCard } from './cards.ts';

const now = new Date('2026-03-31T12:00:00.000Z');
const check = (number: string, expiry = '03/26', cvc = '123') => checkCard(number, expiry, cvc, now);

test.each([
  ['4242 4242 4242 4242', 'approve'],
  ['4000-0000-0000-0002', 'decline'],
  ['4000000000009995', 'insufficient_funds'],
  ['4000 0025 0000 3155', 'challenge'],
  ['4000 0000 0000 0077', 'slow'],
  ['4000 0000 0000 0119', 'unavailable'],
])('%s will %s', (number, behaviour) => {
  expect(check(number)).toEqual({ ok: true, behaviour, brand: 'visa', last4: number.slice(-4) });
});

test('a card is good to the end of its month', () => {
  expect(check('4242424242424242', '03/26').ok).toBe(true);
  expect(check('4242424242424242', '02/2026')).toEqual({ ok: false, code: 'card_expired' });
});

test.each([
  ['a mistyped digit', '4242 4242 4242 4241', '12/30', '123', 'card_number_invalid'],
  ['letters', '4242 4242 4242 424x', '12/30', '123', 'card_number_invalid'],
  ['a real-looking card', '4111 1111 1111 1111', '12/30', '123', 'card_not_for_tests'],
  ['a month that is none', '4242 4242 4242 4242', '13/30', '123', 'expiry_invalid'],
  ['a short code', '4242 4242 4242 4242', '12/30', '12', 'cvc_invalid'],
])('%s is refused, saying why', (_name, number, expiry, cvc, code) => {
  expect(check(number, expiry, cvc)).toEqual({ ok: false, code });
});
