import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { erased, isErased, personal } from '../shared/personal.ts';
import { createRegistry } from './create-registry.ts';
import type { Upcasters } from './upcasters.ts';

/** A parcel's label that has had three shapes: one name, then two, then grams in place of kilograms. */
const schemas = {
  fulfillment: {
    LabelPrinted: z.strictObject({
      subjectId: z.string(),
      recipient: personal(z.strictObject({ first: z.string(), last: z.string() })),
      weightGrams: z.int(),
    }),
  },
};
const upcasters: Upcasters = {
  LabelPrinted: [
    ({ name, ...data }) => {
      const [first = '', last = ''] = isErased(name) ? [] : String(name).split(' ');
      return { ...data, recipient: isErased(name) ? name : { first, last } };
    },
    ({ weightKilograms, ...data }) => ({ ...data, weightGrams: Number(weightKilograms) * 1_000 }),
  ],
};
const { eventTypes, upcast } = createRegistry(schemas, upcasters);
const current = {
  type: 'LabelPrinted',
  subjectId: 'c-1',
  recipient: { first: 'Marta', last: 'Oliveira' },
  weightGrams: 2_000,
};

describe('upcasting', () => {
  test('lifts every older version, step by step, to the one that is written', () => {
    const first = { subjectId: 'c-1', name: 'Marta Oliveira', weightKilograms: 2 };
    const second = { subjectId: 'c-1', recipient: current.recipient, weightKilograms: 2 };
    const { type: _type, ...third } = current;
    expect(upcast('LabelPrinted', 1, first)).toEqual(current);
    expect(upcast('LabelPrinted', 2, second)).toEqual(current);
    expect(upcast('LabelPrinted', 3, third)).toEqual(current);
  });
  test('accepts Erased in place of a personal field', () => {
    const first = { subjectId: 'c-1', name: erased, weightKilograms: 2 };
    expect(upcast('LabelPrinted', 1, first)).toEqual({ ...current, recipient: erased });
  });
  test('leaves the stored data as they are', () => {
    const stored = Object.freeze({ subjectId: 'c-1', name: 'Marta Oliveira', weightKilograms: 2 });
    upcast('LabelPrinted', 1, stored);
    expect(stored).toEqual({ subjectId: 'c-1', name: 'Marta Oliveira', weightKilograms: 2 });
  });
  test('refuses a version or a type that this release does not know', () => {
    for (const version of [0, 4]) expect(() => upcast('LabelPrinted', version, {})).toThrow(/reads 1 to 3/);
    expect(() => upcast('LabelBurnt', 1, {})).toThrow(/No event type LabelBurnt/);
  });
});

test('an upcaster raises the version that is written', () => {
  expect(eventTypes.get('LabelPrinted')).toMatchObject({
    aggregate: 'fulfillment',
    schemaVersion: 3,
    personalPaths: [['recipient']],
  });
});

test('personal fields need a subject whose key hides them, and a place of their own', () => {
  const name = personal(z.string());
  const registering = (schema: z.ZodType) => () => createRegistry({ order: { Named: schema } }, {});
  expect(registering(z.strictObject({ name }))).toThrow(/without a subjectId/);
  expect(registering(z.strictObject({ subjectId: z.string(), names: z.array(name) }))).toThrow(/inside an array/);
  expect(registering(z.strictObject({ subjectId: z.string(), name: name.nullable() }))).not.toThrow();
});
