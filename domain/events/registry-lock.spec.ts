import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { personal } from '../shared/personal.ts';
import { createRegistry } from './create-registry.ts';
import lock from './registry.lock.json' with { type: 'json' };
import { eventTypes } from './registry.ts';
import { lockProblems, lockWith } from './registry-lock.ts';

test('every published version is as it was published (refresh with npm run registry:lock)', () => {
  expect(lockProblems(lock, eventTypes)).toEqual([]);
});

describe('the lock', () => {
  const plain = z.strictObject({ crateId: z.string(), weightGrams: z.int() });
  const sealed = (schema: z.ZodType, lifts = 0) =>
    createRegistry(
      { fulfillment: { CrateSealed: schema } },
      { CrateSealed: Array.from({ length: lifts }, () => (data) => data) },
    ).eventTypes;
  const published = lockWith({}, sealed(plain));

  test('is content with what it has locked', () => {
    expect(lockProblems(published, sealed(plain))).toEqual([]);
  });
  test('finds a published version that was altered, in whichever way', () => {
    const alterations = {
      'a field added': plain.extend({ color: z.string() }),
      'an optional field added': plain.extend({ color: z.string().optional() }),
      'a field removed': plain.omit({ weightGrams: true }),
      'a field of another type': plain.extend({ weightGrams: z.string() }),
      'a field with other bounds': plain.extend({ weightGrams: z.int().max(10) }),
      'a field made nullable': plain.extend({ crateId: z.string().nullable() }),
    };
    for (const [alteration, schema] of Object.entries(alterations))
      expect(lockProblems(published, sealed(schema)), alteration).toEqual([
        expect.stringContaining('CrateSealed@1 was published with another shape'),
      ]);
  });
  test('finds a field that became personal, since it would be stored otherwise', () => {
    const named = z.strictObject({ subjectId: z.string(), packer: z.string() });
    const nowPersonal = z.strictObject({ subjectId: z.string(), packer: personal(z.string()) });
    expect(lockProblems(lockWith({}, sealed(named)), sealed(nowPersonal))).toHaveLength(1);
  });
  test('takes the alteration with an upcaster, once it is locked as the next version', () => {
    const next = sealed(plain.extend({ color: z.string() }), 1);
    expect(lockProblems(published, next)).toEqual(['CrateSealed@2 is not locked yet: run npm run registry:lock.']);
    const relocked = lockWith(published, next);
    expect(lockProblems(relocked, next)).toEqual([]);
    expect(relocked['CrateSealed@1']).toEqual(published['CrateSealed@1']);
  });
  test('never rewrites a locked version', () => {
    expect(lockWith(published, sealed(plain.omit({ weightGrams: true })))).toEqual(published);
  });
  test('finds a type that is gone, an upcaster that is gone, and a version that was skipped', () => {
    expect(lockProblems(published, createRegistry({}, {}).eventTypes)).toEqual([
      expect.stringContaining('CrateSealed is gone'),
    ]);
    expect(lockProblems(lockWith(published, sealed(plain, 1)), sealed(plain))).toEqual([
      expect.stringContaining('CrateSealed@2 was published, but its upcaster is gone'),
    ]);
    expect(lockProblems(lockWith({}, sealed(plain, 1)), sealed(plain, 1))).toEqual([
      expect.stringContaining('CrateSealed@1 is missing'),
    ]);
  });
  test('finds a single planted character in the real lock', () => {
    const planted = JSON.parse(JSON.stringify(lock).replace('"maxLength":500', '"maxLength":501'));
    expect(planted).not.toEqual(lock);
    expect(lockProblems(planted, eventTypes)).toHaveLength(1);
  });
});
