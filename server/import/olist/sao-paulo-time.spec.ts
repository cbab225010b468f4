import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSaoPaulo } from './sao-paulo-time.ts';

test('winter is three hours behind UTC, summer two', () => {
  expect(parseSaoPaulo('2017-07-01 12:00:00').iso).toBe('2017-07-01T15:00:00.000Z');
  expect(parseSaoPaulo('2017-12-01 12:00:00').iso).toBe('2017-12-01T14:00:00.000Z');
});

test('the hour around both changes of 2017 and 2018 is right to the second', () => {
  expect(parseSaoPaulo('2017-02-18 22:59:59')).toMatchObject({ iso: '2017-02-19T00:59:59.000Z', doubt: null });
  expect(parseSaoPaulo('2017-02-19 00:00:00')).toMatchObject({ iso: '2017-02-19T03:00:00.000Z', doubt: null });
  expect(parseSaoPaulo('2018-11-03 23:59:59')).toMatchObject({ iso: '2018-11-04T02:59:59.000Z', doubt: null });
  expect(parseSaoPaulo('2018-11-04 01:00:00')).toMatchObject({ iso: '2018-11-04T03:00:00.000Z', doubt: null });
});

test('a reading that came twice is taken as the first, and says so', () => {
  expect(parseSaoPaulo('2018-02-17 23:30:00')).toMatchObject({ iso: '2018-02-18T01:30:00.000Z', doubt: 'ambiguous' });
});

test('a reading that was skipped is the first moment after, and says so', () => {
  expect(parseSaoPaulo('2017-10-15 00:00:00')).toMatchObject({ iso: '2017-10-15T03:00:00.000Z', doubt: 'nonexistent' });
  expect(parseSaoPaulo('2017-10-15 00:59:59')).toMatchObject({ iso: '2017-10-15T03:00:00.000Z', doubt: 'nonexistent' });
});

test('what the clock shows at an instant reads back as that instant, unless it is shown twice', () => {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Sao_Paulo',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2016, 0, 1) / 1000, max: Date.UTC(2020, 0, 1) / 1000 }), (second) => {
      const read = parseSaoPaulo(clock.format(second * 1000));
      if (read.doubt === null) expect(read.epochMs).toBe(second * 1000);
      else expect([0, 3_600_000]).toContain(second * 1000 - read.epochMs);
    }),
  );
});

test.each([
  '',
  '2017-02-30 10:00:00',
  '2017-02-03',
  '2017-02-03T10:00:00',
  '2017-02-03 24:00:00',
  '1917-02-03 10:00:00',
])('refuses %j', (text) => {
  expect(() => parseSaoPaulo(text)).toThrow('is not a time');
});
