import { expect, test } from 'vitest';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { amendmentPaymentIdsOf } from './amendment-state.ts';
import { paymentIdOf } from './checkout.ts';

test('the same parts give the same id in every release: a redelivered command keeps its own', () => {
  expect(derivedId('checkout', '01932b5e-0000-7000-8000-000000000001')).toBe('02a4ead7-76e4-5897-a0fd-dc36e458cc39');
  expect(derivedId('capture', 'ação', '€ 5')).toBe('52f19b73-9003-50d2-b52d-1b8ce5d16b58');
});

test('what is derived for an order keeps its id in every release', () => {
  const orderId = '01932b5e-0000-7000-8000-000000000001' as OrderId;
  const amendmentId = '01932b5e-0000-7000-8000-000000000002';
  expect(paymentIdOf(orderId)).toBe('f94b7b3e-bc81-56bc-9188-fd3f7f880d52');
  expect(amendmentPaymentIdsOf(orderId, amendmentId)).toEqual([
    '11b19c59-d5aa-58a1-86d3-78398da939b0',
    'e9046889-3306-574c-93d2-51469ace158d',
  ]);
});

test('where one part ends and the next begins counts', () => {
  expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
});
