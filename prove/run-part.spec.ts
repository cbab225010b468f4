import { expect, test } from 'vitest';
import { CannotRun, type Part, type PartContext } from './part.ts';
import { linesOf, summaryOf } from './report.ts';
import { runPart } from './run-part.ts';

const partOf = (run: Part['run']): Part => ({
  name: 'trial',
  about: 'a trial',
  sizes: { small: 'one', full: 'two' },
  isInTests: false,
  run,
});

const context: Omit<PartContext, 'random' | 'check'> = {
  size: 'small',
  seed: 1,
  say: () => undefined,
  folder: '/nowhere',
  withDatabase: () => Promise.reject(new Error('no database here')),
};

test('counts what held and what broke, and one that broke fails the run', async () => {
  const outcome = await runPart(
    partOf(async ({ check }) => {
      check('Water is wet', true, { drops: 1_000 });
      check('Fire is cold', false);
    }),
    context,
  );
  expect(linesOf(outcome).slice(0, 2)).toEqual(['  ✓ Water is wet (drops 1,000)', '  ✗ BROKE: Fire is cold']);
  expect(summaryOf([outcome])).toEqual({ line: '1 held, 1 broke', exitCode: 1 });
});

test('an error is a finding that broke, and keeps what was found before it', async () => {
  const outcome = await runPart(
    partOf(async ({ check }) => {
      check('Water is wet', true);
      throw new Error('the tap is closed');
    }),
    context,
  );
  expect(outcome.findings.map(({ guarantee, held }) => [guarantee, held])).toEqual([
    ['Water is wet', true],
    ['The part runs to its end', false],
  ]);
  expect(linesOf(outcome)[1]).toContain('the tap is closed');
});

test('a part that looks at nothing has broken', async () => {
  expect(
    summaryOf([
      await runPart(
        partOf(async () => undefined),
        context,
      ),
    ]).exitCode,
  ).toBe(1);
});

test('a part that cannot run here is skipped with its reason, and counted apart', async () => {
  const outcome = await runPart(
    partOf(async () => {
      throw new CannotRun('mount is not allowed here');
    }),
    context,
  );
  expect(linesOf(outcome)[0]).toBe('  - skipped: mount is not allowed here');
  expect(summaryOf([outcome])).toEqual({ line: '0 held, 0 broke, 1 skipped', exitCode: 0 });
});

test('the same seed gives a part the same random numbers', async () => {
  const drawn: number[][] = [];
  const draw = partOf(async ({ random, check }) => {
    drawn.push([random.int(1_000_000), random.int(1_000_000)]);
    check('Something was drawn', true);
  });
  await runPart(draw, context);
  await runPart(draw, context);
  expect(drawn[0]).toEqual(drawn[1]);
});
