import { expect, test } from 'vitest';
import { draftCreated } from '#domain/order/draft.builders.ts';
import { evolve } from '#domain/order/evolve.ts';
import { absentOrder } from '#domain/order/state.ts';
import { lineIdOf } from '#domain/shared/ids.builders.ts';
import { blankForm, contentOf, formOf, problemsOfPlacing, problemsOfSaving, questionOf } from './draft-form.ts';

const order = evolve(absentOrder, draftCreated());
if (order.status === 'absent') throw new Error('The builder makes a draft');
const form = formOf(order);

test('a saved draft is gone on with as it was: agreed prices with their reasons, the rest the catalog’s', () => {
  expect(form.lines.map(({ catalogMinor, price }) => ({ catalogMinor, price }))).toEqual([
    { catalogMinor: 6_490, price: { text: '55.00', reason: 'Matched the shop next door' } },
    { catalogMinor: 5_000, price: null },
  ]);
  const { lines } = contentOf(form);
  expect(lines.map(({ price }) => price)).toEqual([
    { unitPriceMinor: 5_500, reason: 'Matched the shop next door' },
    null,
  ]);
});

test('the catalog’s own price is no agreed one', () => {
  const [line] = form.lines;
  const typed = line ? [{ ...line, price: { text: '64,90', reason: '' } }] : [];
  expect(contentOf({ ...form, lines: typed }).lines[0]?.price).toBeNull();
  expect(problemsOfSaving({ ...form, lines: typed })).toEqual({});
});

test('a price without a reason is priced, and not saved', () => {
  const [line] = form.lines;
  const typed = line ? [{ ...line, price: { text: '1', reason: ' ' } }] : [];
  expect(questionOf({ ...form, lines: typed }).lines[0]?.price).toEqual({ unitPriceMinor: 100, reason: '–' });
  expect(problemsOfSaving({ ...form, lines: typed })).toEqual({
    [`reason:${lineIdOf(1)}`]: 'Say why, for whoever asks later.',
  });
});

test('a draft is saved with name and mail alone; placing asks for goods and a whole address', () => {
  const begun = { ...blankForm, contact: { name: 'Marta', email: 'marta@example.com', phone: '' } };
  expect(problemsOfSaving(begun)).toEqual({});
  expect(Object.keys(problemsOfPlacing(begun))).toEqual([
    'lines',
    'address.street',
    'address.postalCode',
    'address.city',
  ]);
  expect(Object.keys(problemsOfSaving(blankForm))).toEqual(['contact.name', 'contact.email']);
  expect(problemsOfPlacing(form)).toEqual({});
});

test('it goes to whoever orders it, unless somebody else is named', () => {
  const begun = { ...blankForm, contact: { name: 'Marta ', email: 'marta@example.com', phone: ' ' } };
  expect(contentOf(begun)).toMatchObject({ contact: { name: 'Marta', phone: null }, address: { name: 'Marta' } });
});
