import { expect, test } from 'vitest';
import { addTallies, summaryLine, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

test('the last line is the sum of all runners, and names skipped tests only where there are some', () => {
  const one = { passed: 2, failed: 1, skipped: [] };
  const two = { passed: 3, failed: 0, skipped: [{ title: 'a', reason: 'b' }] };
  expect(summaryLine(one)).toBe('2 passed, 1 failed');
  expect(summaryLine(addTallies([one, two]))).toBe('5 passed, 1 failed, 1 skipped');
});

test('a test file that can’t be loaded counts as a failure, though it has no tests', () => {
  const text = JSON.stringify({
    testResults: [
      { name: 'a.spec.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'works' }] },
      { name: 'b.spec.ts', status: 'failed', assertionResults: [] },
    ],
  });
  expect(tallyOfVitest(text, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
});

test('an error outside of any test is not lost', () => {
  const text = JSON.stringify({
    testResults: [{ name: 'a', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'works' }] }],
  });
  expect(tallyOfVitest(text, 1)).toEqual({ passed: 1, failed: 1, skipped: [] });
});

test('a flaky browser test is a failed one, and a skipped one keeps its reason', () => {
  const text = JSON.stringify({
    suites: [
      {
        title: 'journey.e2e.ts',
        specs: [{ title: 'buys', tests: [{ status: 'expected', annotations: [] }] }],
        suites: [
          {
            title: 'inner',
            specs: [
              { title: 'pays', tests: [{ status: 'flaky', annotations: [] }] },
              {
                title: 'waits',
                tests: [{ status: 'skipped', annotations: [{ type: 'skip', description: 'needs a bank' }] }],
              },
            ],
          },
        ],
      },
    ],
  });
  expect(tallyOfPlaywright(text, 0)).toEqual({
    passed: 1,
    failed: 1,
    skipped: [{ title: 'waits', reason: 'needs a bank' }],
  });
});
