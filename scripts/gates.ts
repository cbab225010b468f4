import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Tally, tallyOfVitest } from './tally.ts';
import { runTool, type ToolResult } from './tool.ts';

type Gate = { readonly name: string; readonly run: () => Promise<ToolResult> };

const cruise = async (): Promise<ToolResult> => {
  const folders = ['app', 'domain', 'server', 'db'];
  const result = await runTool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs', ...folders],
    { quiet: true },
  );
  // With a TypeScript that it doesn't support, the tool finds no modules and says that all is well.
  const modules = Number(/(\d+) modules/.exec(result.output)?.[1] ?? 0);
  if (result.code === 0 && modules < 100) {
    return { code: 1, output: `Only ${modules} modules were examined: dependency-cruiser can't read the sources.` };
  }
  return result;
};

const types: Gate = {
  name: 'types',
  run: () => runTool('typescript/bin/tsc', ['--noEmit', '-p', '.'], { quiet: true }),
};

const quickGates: readonly Gate[] = [
  {
    name: 'format and lint',
    run: () => runTool('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.'], { quiet: true }),
  },
  { name: 'boundaries', run: cruise },
  { name: 'dead code', run: () => runTool('knip/bin/knip.js', ['--no-progress'], { quiet: true }) },
];

const runGate = async ({ name, run }: Gate): Promise<Tally> => {
  const start = Date.now();
  const { code, output } = await run();
  const took = `${((Date.now() - start) / 1000).toFixed(1)} s`;
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${took})`);
  if (code !== 0) console.log(output.trimEnd());
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
};

/** Runs some of the tests; `shownAtEnd`: not while another run writes to the same terminal. */
const runVitest = async (args: readonly string[], { shownAtEnd = false } = {}): Promise<Tally> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-vitest-'));
  const file = join(folder, 'report.json');
  try {
    const { code, output } = await runTool(
      'vitest/vitest.mjs',
      ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      { quiet: shownAtEnd },
    );
    if (shownAtEnd) console.log(output.trimEnd());
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text === undefined ? { passed: 0, failed: 1, skipped: [] } : tallyOfVitest(text, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * All of `npm run check`: format and lint, types, boundaries, dead code, then unit and integration tests. `last` goes
 * beside the end of the integration tests, and its tally stands last.
 */
export const runGates = async (last?: () => Promise<Tally>): Promise<readonly Tally[]> => {
  const tallies: Tally[] = [];
  // The compiler keeps one processor, and is the slowest of them in a fresh clone.
  const typed = runGate(types);
  for (const gate of quickGates) tallies.push(await runGate(gate));
  tallies.push(await runVitest(['--project=unit']), await typed);
  // Integration tests wait for PostgreSQL more than they compute. Two halves, each with a cluster of its own: a
  // transaction that one test leaves open on purpose holds back the horizon of its whole cluster.
  const halves = [1, 2].map((nth) => runVitest(['--project=integration', `--shard=${nth}/2`], { shownAtEnd: true }));
  // They don't take equally long: the first to end leaves a processor to what comes last.
  const beside = last ? [Promise.race(halves).then(last)] : [];
  tallies.push(...(await Promise.all([...halves, ...beside])));
  return tallies;
};
