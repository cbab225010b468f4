import { expect, test } from 'vitest';
import { uuid } from '#domain/shared/ids.builders.ts';
import { amended, amendmentAsked, declineAmendment, followedBy } from '#domain/waybill/amendment.builders.ts';
import { changeOutcome, declinedWords } from './change-outcome.ts';

const mine = uuid(701);
const declined = followedBy(amendmentAsked, declineAmendment());

test('while a change waits there is nothing to tell', () => {
  expect(changeOutcome(amendmentAsked.toReversed(), mine)).toBeNull();
});

test('a change that was made is told only to whoever watched it', () => {
  expect(changeOutcome(amended.toReversed(), mine)).toMatchObject({ type: 'OrderAmended', amendmentId: mine });
  expect(changeOutcome(amended.toReversed(), null)).toBeNull();
});

test('a change that was not made is told to everyone, until another is asked for', () => {
  expect(changeOutcome(declined.toReversed(), null)).toMatchObject({ type: 'AmendmentDeclined', amendmentId: mine });
});

test('what stock refused is named, with what is left of it', () => {
  const lines = [{ lineId: 'line-1', sku: 'CANDLE', requested: 9, available: 2 }] as never;
  expect(declinedWords({ code: 'SoldOut', lines }, () => 'Beeswax candle')).toBe(
    '9 × Beeswax candle wanted, 2 left. The order stands as it was.',
  );
});
