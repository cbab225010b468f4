import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfOrderLink, judgeOrderLink, orderLinkEnd, signOrderLink } from './order-link.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const order = '01935c1e-7d5f-7c3a-8b1a-2f6f5f1f0001';
const another = '01935c1e-7d5f-7c3a-8b1a-2f6f5f1f0002';
const signed = new Date('2026-11-21T13:00:00Z');
const link = signOrderLink(key, order, signed);

test('opens the order that it was signed for, and no other', () => {
  expect(judgeOrderLink(key, link, order, signed)).toBe('opens');
  expect(judgeOrderLink(key, link, another, signed)).toBe('wrong');
});

test('ends with its last day, and says so only of a link that was genuine', () => {
  const end = orderLinkEnd(signed);
  expect(end.toISOString()).toBe('2027-05-21T00:00:00.000Z');
  expect(endOfOrderLink(link)).toEqual(end);
  expect(judgeOrderLink(key, link, order, new Date(end.getTime() - 1))).toBe('opens');
  expect(judgeOrderLink(key, link, order, end)).toBe('expired');
  expect(judgeOrderLink(key, link, another, end)).toBe('wrong');
});

test('is the same all day, so that a mail written twice says the same', () => {
  expect(signOrderLink(key, order, new Date('2026-11-21T23:59:59Z'))).toBe(link);
  expect(signOrderLink(key, order, new Date('2026-11-22T00:00:00Z'))).not.toBe(link);
});

test('can’t be given a later day: the day is signed too', () => {
  const [day, signature] = link.split('.');
  const later = `${Number(day) + 365}.${signature}`;
  expect(judgeOrderLink(key, later, order, signed)).toBe('wrong');
});

test('opens by its own text alone, not by another that stands for the same bytes', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const opening = [...letters].filter(
    (last) => judgeOrderLink(key, link.slice(0, -1) + last, order, signed) === 'opens',
  );
  expect(opening).toEqual([link.at(-1)]);
});

test('can’t be made without the key', () => {
  const foreign = signOrderLink(Buffer.alloc(32, 2).toString('base64'), order, signed);
  expect(judgeOrderLink(key, foreign, order, signed)).toBe('wrong');
});

test('no text that is not the link itself opens the order, whatever was changed, cut off or added', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.tuple(fc.nat({ max: link.length }), fc.string({ maxLength: 3 })).map(([at, put]) => link.slice(0, at) + put),
        fc.string({ minLength: 1, maxLength: 3 }).map((more) => link + more),
      ),
      (text) => text === link || judgeOrderLink(key, text, order, signed) !== 'opens',
    ),
    { numRuns: 2_000, seed: 20_261_121 },
  );
});
