import { describe, expect, test } from 'vitest';
import { parts } from './parts.ts';
import { linesOf } from './report.ts';
import { runSmall } from './testing/small-part.ts';

describe('npm run prove, in small', () => {
  for (const part of parts.filter(({ isInTests }) => isInTests)) {
    test(`${part.name} holds: ${part.about}`, async () => {
      const outcome = await runSmall(part, 20_261_121);
      expect(
        outcome.findings.filter(({ held }) => !held),
        linesOf(outcome).join('\n'),
      ).toEqual([]);
      expect(outcome.skipped).toBeNull();
    }, 120_000);
  }
});
