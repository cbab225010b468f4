import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { emptyTally, failure, type Tally, tallyOfVitest } from './tally.ts';
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

const gates: readonly Gate[] = [
  // The compiler of the next release, in native code: half the processor time. Other tools ask for the one before it.
  { name: 'types', run: () => runTool('typescript-native/bin/tsc', ['--noEmit', '-p', '.'], { quiet: true }) },
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
  return code === 0 ? { ...emptyTally, passed: 1 } : failure(name, output.trimEnd());
};

/** Runs some of the tests, and shows what they said at their end: others write to the same terminal. */
const runVitest = async (args: readonly string[]): Promise<Tally> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-vitest-'));
  const file = join(folder, 'report.json');
  try {
    const { code, output } = await runTool(
      'vitest/vitest.mjs',
      ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
      { quiet: true },
    );
    console.log(output.trimEnd());
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text === undefined ? failure(`vitest ${args.join(' ')}`, 'It left no report.') : tallyOfVitest(text, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * The longest test, then the others in parts. Each part has a cluster of its own: a transaction that one test leaves
 * open on purpose holds back the horizon of its whole cluster.
 */
const integration: readonly (readonly string[])[] = [
  ['--project=integration-long'],
  ...[1, 2, 3].map((nth) => ['--project=integration', `--shard=${nth}/3`]),
];

/**
 * All of `npm run check`: format and lint, types, boundaries, dead code, unit and integration tests. `last` begins after
 * what computes, and its tally stands last.
 */
export const runGates = (last?: () => Promise<Tally>): Promise<readonly Tally[]> => {
  // Integration tests wait for PostgreSQL longer than they compute; a third at once would be faster, but its pauses
  // are such that leases of a few hundred milliseconds run out.
  const waiting = pLimit(2);
  const computing = pLimit(1);
  return Promise.all([
    ...gates.map((gate) => computing(() => runGate(gate))),
    computing(() => runVitest(['--project=unit'])),
    ...integration.map((part) => waiting(() => runVitest(part))),
    ...(last ? [computing(last)] : []),
  ]);
};
