import { expect, test } from 'vitest';
import { commandIdSchema, idSchema, lineIdSchema, orderIdSchema, warehouseCodeSchema } from './ids.ts';

test('no key of a state can be the name of something that every object inherits', () => {
  for (const name of Object.getOwnPropertyNames(Object.prototype)) {
    expect(lineIdSchema.safeParse(name).success, name).toBe(false);
    expect(warehouseCodeSchema.safeParse(name).success, name).toBe(false);
  }
});

test('line ids may be uuids, or an order’s with a number', () => {
  for (const id of ['01932b5e-0000-7000-8000-000000000001', 'e481f51cbdc54678b7cc49136f2d6af7-1', 'order:1#2'])
    expect(lineIdSchema.parse(id)).toBe(id);
});

test('an id has one spelling: capitals become small letters', () => {
  const sent = '01932B5E-0000-7000-8000-00000000ABCD';
  for (const schema of [idSchema, orderIdSchema, commandIdSchema]) expect(schema.parse(sent)).toBe(sent.toLowerCase());
});
