import { buildWhenStale } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { runBrowserTests, testDist } from './e2e-run.ts';
import { runGates } from './gates.ts';
import { addTallies, emptyTally, failure, report, type Tally } from './tally.ts';

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

// A step that can't be done is a failure like another: the sum must still be the last line.
const orFailure = async (name: string, step: () => Promise<Tally>): Promise<Tally> => {
  try {
    return await step();
  } catch (error) {
    return failure(name, error instanceof Error ? error.message : String(error));
  }
};

const setUpStart = Date.now();
let chromium: string | undefined;
const setUp = await orFailure('a Chromium', async () => {
  chromium = await ensureChromium();
  return emptyTally;
});
const installMs = Number(process.env.WAYBILL_INSTALL_MS ?? 0);
console.log(`Set-up (packages and browser): ${seconds(installMs + Date.now() - setUpStart)}`);

const start = Date.now();
let isBuilt = false;
const build = (): Promise<Tally> =>
  orFailure('build', async () => {
    const buildStart = Date.now();
    const outcome = await buildWhenStale(console.log, { ...process.env, WAYBILL_NEXT_DIST: testDist });
    console.log(`✓ build (${outcome}, ${seconds(Date.now() - buildStart)})`);
    isBuilt = true;
    return { ...emptyTally, passed: 1 };
  });
const gates = await runGates(build);
const browser =
  chromium !== undefined && isBuilt
    ? await orFailure('browser tests', () => runBrowserTests(chromium ?? ''))
    : failure('browser tests', 'They need a Chromium and a build.');
console.log(`Tests took ${seconds(Date.now() - start)}`);
process.exitCode = report(addTallies([setUp, ...gates, browser]));
