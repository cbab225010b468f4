import { stripVTControlCharacters } from 'node:util';

export type Failure = { readonly title: string; readonly message: string };

/** What one runner found. A gate (types, boundaries, …) counts as one. */
export type Tally = {
  readonly passed: number;
  readonly failed: readonly Failure[];
  readonly skipped: readonly { readonly title: string; readonly reason: string }[];
};

export const emptyTally: Tally = { passed: 0, failed: [], skipped: [] };

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.flatMap(({ failed }) => failed),
  skipped: tallies.flatMap(({ skipped }) => skipped),
});

/** The last line of a run. */
export const summaryLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;

/** A tally of one thing that failed. */
export const failure = (title: string, message: string): Tally => ({
  ...emptyTally,
  failed: [{ title, message }],
});

const indented = (text: string): string =>
  stripVTControlCharacters(text)
    .trim()
    .split('\n')
    .slice(0, 12)
    .map((line) => `  ${line}`)
    .join('\n');

/**
 * Prints what was skipped with its reason and again what failed, whose own output is far above, then the summary as the
 * very last line. Returns the exit code.
 */
export const report = (tally: Tally): number => {
  for (const { title, message } of tally.failed) console.log(`failed: ${title}\n${indented(message)}`);
  for (const { title, reason } of tally.skipped) console.log(`skipped: ${title}: ${reason}`);
  console.log(summaryLine(tally));
  return tally.failed.length === 0 && tally.passed > 0 ? 0 : 1;
};

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
};

/** What the exit code alone tells: an unhandled rejection, a failed set-up. */
const orOutside = (tally: Tally, exitCode: number): Tally =>
  tally.failed.length === 0 && exitCode !== 0
    ? { ...tally, failed: [{ title: 'outside of any test', message: `The runner ended with ${exitCode}.` }] }
    : tally;

/** Reads vitest's JSON report. A file that fails to load has no tests, and counts as one failure. */
export const tallyOfVitest = (text: string, exitCode: number): Tally => {
  const { testResults } = JSON.parse(text) as VitestReport;
  const files = testResults.map(({ name, status, message = '', assertionResults }): Tally => {
    const failed = assertionResults
      .filter((test) => test.status === 'failed')
      .map(({ fullName, failureMessages = [] }) => ({
        title: `${name}: ${fullName}`,
        message: failureMessages.join('\n'),
      }));
    return {
      passed: assertionResults.filter((test) => test.status === 'passed').length,
      failed: status === 'failed' && failed.length === 0 ? [{ title: name, message }] : failed,
      skipped: assertionResults
        .filter((test) => test.status !== 'passed' && test.status !== 'failed')
        .map(({ fullName, status: reason }) => ({ title: fullName, reason })),
    };
  });
  return orOutside(addTallies(files), exitCode);
};

type PlaywrightSuite = {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly file: string;
    readonly tests: readonly {
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
      readonly results: readonly { readonly errors: readonly { readonly message?: string }[] }[];
    }[];
  }[];
};

/** Reads Playwright's JSON report. A flaky test is a failed one: it must be able to be trusted. */
export const tallyOfPlaywright = (text: string, exitCode: number): Tally => {
  const walk = (suite: PlaywrightSuite): readonly Tally[] => [
    ...(suite.suites ?? []).flatMap(walk),
    ...(suite.specs ?? []).flatMap(({ title, file, tests }) =>
      tests.map(({ status, annotations, results }): Tally => {
        if (status === 'expected') return { ...emptyTally, passed: 1 };
        if (status !== 'skipped') {
          const messages = results.flatMap(({ errors }) => errors.map(({ message = '' }) => message));
          return failure(`${file}: ${title}`, messages.join('\n'));
        }
        const mark = annotations.find(({ type }) => type === 'skip' || type === 'fixme');
        // Unmarked, it was never begun: Playwright leaves out what depends on tests that failed.
        const reason = mark
          ? (mark.description ?? 'no reason given')
          : 'did not run, since what comes before it failed';
        return { ...emptyTally, skipped: [{ title, reason }] };
      }),
    ),
  ];
  const { suites } = JSON.parse(text) as { suites: readonly PlaywrightSuite[] };
  return orOutside(addTallies(suites.flatMap(walk)), exitCode);
};
