/** What one runner found. A gate (types, boundaries, …) counts as one. */
export type Tally = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly { readonly title: string; readonly reason: string }[];
};

export const emptyTally: Tally = { passed: 0, failed: 0, skipped: [] };

export const addTallies = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  skipped: tallies.flatMap(({ skipped }) => skipped),
});

/** The last line of a run. */
export const summaryLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;

/** Prints skipped tests with their reasons, then the summary as the very last line. Returns the exit code. */
export const report = (tally: Tally): number => {
  for (const { title, reason } of tally.skipped) console.log(`skipped: ${title}: ${reason}`);
  console.log(summaryLine(tally));
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
};

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

/** Reads vitest's JSON report. A file that fails to load has no tests, and counts as one failure. */
export const tallyOfVitest = (text: string, exitCode: number): Tally => {
  const { testResults } = JSON.parse(text) as VitestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  );
  const failed = tests.filter(({ status }) => status === 'failed').length + broken.length;
  const skipped = tests
    .filter(({ status }) => status !== 'passed' && status !== 'failed')
    .map(({ fullName, status }) => ({ title: fullName, reason: status }));
  // An error outside of any test (an unhandled rejection, a failed set-up) shows in the exit code alone.
  return { passed, failed: failed === 0 && exitCode !== 0 ? 1 : failed, skipped };
};

type PlaywrightSuite = {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: 'expected' | 'unexpected' | 'flaky' | 'skipped';
      readonly annotations: readonly { readonly type: string; readonly description?: string }[];
    }[];
  }[];
};

/** Reads Playwright's JSON report. A flaky test is a failed one: it must be able to be trusted. */
export const tallyOfPlaywright = (text: string, exitCode: number): Tally => {
  const walk = (suite: PlaywrightSuite): readonly Tally[] => [
    ...(suite.suites ?? []).flatMap(walk),
    ...(suite.specs ?? []).flatMap(({ title, tests }) =>
      tests.map(({ status, annotations }): Tally => {
        if (status === 'expected') return { ...emptyTally, passed: 1 };
        if (status !== 'skipped') return { ...emptyTally, failed: 1 };
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
  const tally = addTallies(suites.flatMap(walk));
  return tally.failed === 0 && exitCode !== 0 ? { ...tally, failed: 1 } : tally;
};
