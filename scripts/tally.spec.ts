import { expect, test } from 'vitest';
import { addTallies, summaryLine, tallyOfPlaywright, tallyOfVitest } from './tally.ts';

test('the last line is the sum of all runners, and names skipped tests only where there are some', () => {
  const one = { passed: 2, failed: [{ title: 'c', message: 'd' }], skipped: [] };
  const two = { passed: 3, failed: [], skipped: [{ title: 'a', reason: 'b' }] };
  expect(summaryLine(one)).toBe('2 passed, 1 failed');
  expect(summaryLine(addTallies([one, two]))).toBe('5 passed, 1 failed, 1 skipped');
});

test('a test file that can’t be loaded counts as a failure, though it has no tests', () => {
  const text = JSON.stringify({
    testResults: [
      { name: 'a.spec.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'works' }] },
      { name: 'b.spec.ts', status: 'failed', message: 'No such module', assertionResults: [] },
    ],
  });
  expect(tallyOfVitest(text, 1)).toEqual({
    passed: 1,
    failed: [{ title: 'b.spec.ts', message: 'No such module' }],
    skipped: [],
  });
});

test('what failed keeps its name and what it said, for the end of the run', () => {
  const text = JSON.stringify({
    testResults: [
      {
        name: 'a.it.ts',
        status: 'failed',
        assertionResults: [{ status: 'failed', fullName: 'works', failureMessages: ['expected 1 to be 2'] }],
      },
    ],
  });
  expect(tallyOfVitest(text, 1).failed).toEqual([{ title: 'a.it.ts: works', message: 'expected 1 to be 2' }]);
});

test('an error outside of any test is not lost', () => {
  const text = JSON.stringify({
    testResults: [{ name: 'a', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'works' }] }],
  });
  expect(tallyOfVitest(text, 1)).toEqual({
    passed: 1,
    failed: [{ title: 'outside of any test', message: 'The runner ended with 1.' }],
    skipped: [],
  });
});

test('a flaky browser test is a failed one, and a skipped one keeps its reason', () => {
  const text = JSON.stringify({
    suites: [
      {
        title: 'journey.e2e.ts',
        specs: [
          { title: 'buys', file: 'journey.e2e.ts', tests: [{ status: 'expected', annotations: [], results: [] }] },
        ],
        suites: [
          {
            title: 'inner',
            specs: [
              {
                title: 'pays',
                file: 'journey.e2e.ts',
                tests: [
                  { status: 'flaky', annotations: [], results: [{ errors: [{ message: 'late' }] }, { errors: [] }] },
                ],
              },
              {
                title: 'waits',
                file: 'journey.e2e.ts',
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
    failed: [{ title: 'journey.e2e.ts: pays', message: 'late' }],
    skipped: [{ title: 'waits', reason: 'needs a bank' }],
  });
});
