import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tagSchema } from './events.ts';
import { tagFrom } from './tags.ts';

test('what is typed becomes a tag: lower case, words joined by hyphens', () => {
  expect(tagFrom('  VIP  customer! ')).toBe('vip-customer');
  expect(tagFrom('Straße 12')).toBe('straße-12');
  expect(tagFrom(' !? ')).toBeNull();
});

test('whatever is typed makes a tag that the event takes, or none; and a tag stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (typed) => {
      const tag = tagFrom(typed);
      if (tag === null) return;
      expect(tagSchema.safeParse(tag)).toMatchObject({ success: true });
      expect(tagFrom(tag)).toBe(tag);
    }),
  );
});
