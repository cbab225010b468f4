import fc from 'fast-check';
import { expect, test } from 'vitest';
import { candle, euro, lineIdOf, orderId, uuid } from '../shared/ids.builders.ts';
import { erased } from '../shared/personal.ts';
import { specificationOf } from '../shared/spec.ts';
import { decide } from './decide.ts';
import { createDraft, draftCreated, draftDiscarded, draftRevised, placeDraft, reviseDraft } from './draft.builders.ts';
import { evolve } from './evolve.ts';
import { orderConfirmed, orderPlaced, placeHold, tagged } from './order.builders.ts';
import { addsUp } from './pricing.ts';
import { absentOrder, type Order } from './state.ts';

const given = specificationOf({ decide, evolve, initial: absentOrder });
const folded = (...events: Parameters<typeof evolve>[1][]): Order => events.reduce<Order>(evolve, absentOrder);

const discard = { type: 'DiscardDraftOrder', orderId } as const;
const overridden = {
  type: 'OrderLinePriceOverridden',
  orderId,
  amendmentId: uuid(801),
  lineId: lineIdOf(1),
  sku: candle,
  currency: euro,
  from: 6_490,
  to: 5_500,
  reason: 'Matched the shop next door',
} as const;

test('a draft is written down as it was asked for', () => {
  given().when(createDraft()).thenEvents(draftCreated());
});

test('an order that exists can’t be begun as a draft', () => {
  given(orderPlaced()).when(createDraft()).thenRejected({ code: 'OrderExists' });
});

test('sums that don’t add up are refused', () => {
  given()
    .when({ ...createDraft(), totals: { ...createDraft().totals, grandTotalMinor: 1 } })
    .thenRejected({ code: 'TotalsWrong' });
});

test('a changed price needs a line and another amount than the catalog’s', () => {
  const [override] = createDraft().overrides;
  if (!override) throw new Error('The builder agrees on a price');
  const rejection = (lineId: ReturnType<typeof lineIdOf>) => ({ code: 'OverrideUnfounded', lineId }) as const;
  given()
    .when({ ...createDraft(), overrides: [{ ...override, catalogPriceMinor: 5_500 }] })
    .thenRejected(rejection(lineIdOf(1)));
  given()
    .when({ ...createDraft(), overrides: [{ ...override, lineId: lineIdOf(9) }] })
    .thenRejected(rejection(lineIdOf(9)));
});

test('a draft is written anew as a whole, for the same person', () => {
  given(draftCreated()).when(reviseDraft()).thenEvents(draftRevised());
});

test('saving without a change leaves no trace', () => {
  given(draftCreated(), draftRevised()).when(reviseDraft()).thenNothing();
});

test('placing gives the order its number, its lines, and the record of every agreed price', () => {
  const { placed } = placeDraft();
  given(draftCreated())
    .when(placeDraft())
    .thenEvents({ type: 'OrderPlaced', ...placed }, overridden);
});

test('what the catalog has made dearer since is placed at its price of today', () => {
  const dearer = placeDraft({ agreedMinor: 6_900 });
  const { placed } = { placed: { ...dearer.placed } };
  given(draftCreated({ agreedMinor: null }))
    .when(dearer)
    .thenEvents({ type: 'OrderPlaced', ...placed });
});

test('an agreed price is not made dearer', () => {
  given(draftCreated())
    .when(placeDraft({ agreedMinor: 6_900 }))
    .thenRejected({ code: 'DraftChanged' });
});

test('other quantities than the draft’s are not placed', () => {
  given(draftCreated(), draftRevised()).when(placeDraft()).thenRejected({ code: 'DraftChanged' });
});

test('a draft without goods or without a street is not placed', () => {
  const blank = { ...draftCreated(), lines: [], overrides: [] };
  given(blank).when(placeDraft()).thenRejected({ code: 'OrderEmpty' });
  const { shipTo } = draftCreated();
  const homeless = { ...draftCreated(), shipTo: { ...shipTo, recipient: { name: 'Marta Oliveira', street: ' ' } } };
  given(homeless).when(placeDraft()).thenRejected({ code: 'DraftIncomplete', missing: 'street' });
});

test('nobody orders for a person whose data were erased', () => {
  given({ ...draftCreated(), contact: erased })
    .when(placeDraft())
    .thenRejected({ code: 'NobodyToWriteTo' });
});

test('a draft that was placed is an order: it is neither written anew, nor placed again, nor discarded', () => {
  const placed = orderPlaced();
  for (const command of [reviseDraft(), placeDraft(), discard])
    given(draftCreated(), placed, orderConfirmed)
      .when(command)
      .thenRejected({ code: 'DraftClosed', status: 'confirmed' });
});

test('a discarded draft is at its end', () => {
  given(draftCreated()).when(discard).thenEvents(draftDiscarded);
  given(draftCreated(), draftDiscarded).when(discard).thenNothing();
  for (const command of [reviseDraft(), placeDraft()])
    given(draftCreated(), draftDiscarded).when(command).thenRejected({ code: 'DraftClosed', status: 'discarded' });
});

test('a draft is not held, confirmed or rejected: there is nothing yet to hold', () => {
  const closed = { code: 'OrderClosed', status: 'draft' } as const;
  given(draftCreated()).when(placeHold()).thenRejected(closed);
  given(draftCreated()).when({ type: 'ConfirmOrder', orderId }).thenRejected(closed);
});

test('tags and agreed prices stay with the order that the draft becomes', () => {
  const { placed } = placeDraft();
  expect(folded(draftCreated(), tagged('vip'), { type: 'OrderPlaced', ...placed }, overridden)).toMatchObject({
    status: 'placed',
    tags: ['vip'],
    overrides: draftCreated().overrides,
    lines: placed.lines,
  });
});

test('whatever was agreed, the placed lines are the draft’s, and all adds up to the last minor unit', () => {
  const discounts = fc.constantFrom(
    null,
    { code: 'TEN', kind: 'percent' as const, value: 1_000 },
    { code: 'FIVE', kind: 'amount' as const, value: 500 },
  );
  const wanted = fc.record({
    quantity: fc.integer({ min: 1, max: 9_999 }),
    agreedMinor: fc.option(fc.nat({ max: 6_489 })),
    discount: discounts,
    shippingMinor: fc.nat({ max: 5_000 }),
    taxRateBasisPoints: fc.integer({ min: 0, max: 3_000 }),
  });
  fc.assert(
    fc.property(wanted, wanted, (first, second) => {
      const draft = folded(draftCreated(first), draftRevised(second));
      const decision = decide(placeDraft(second), draft);
      if (!decision.ok || draft.status === 'absent') throw new Error('It can be placed');
      const [placed] = decision.events;
      if (placed?.type !== 'OrderPlaced') throw new Error('Placing comes first');
      expect(placed.lines).toEqual(draft.lines);
      expect(addsUp(placed)).toBe(true);
      expect(decision.events.length - 1).toBe(second.agreedMinor === null ? 0 : 1);
    }),
  );
});
