import { buildWhenStale } from './build.ts';
import { ensureChromium } from './chromium.ts';
import { runBrowserTests, testDist } from './e2e-run.ts';
import { runScript } from './run-script.ts';
import { report } from './tally.ts';

await runScript(async () => {
  const chromium = await ensureChromium();
  await buildWhenStale(console.log, { ...process.env, WAYBILL_NEXT_DIST: testDist });
  process.exitCode = report(await runBrowserTests(chromium, process.argv.slice(2)));
});
