// `npm run bench -- <name>`: runs one benchmark on a database and data folder of its own, prints a table of its figures
// and, last, one line of JSON. Without a name it lists what there is.
import { readdir } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { scratchFolder, sweepScratchFolders, withScratchDatabase } from '../scripts/scratch-database.ts';
import type { Bench, Figures } from './context.ts';

const benchFolder = fileURLToPath(new URL('.', import.meta.url));

const isBench = (module: object): module is Bench => 'name' in module && 'run' in module && 'about' in module;

const findBenches = async (): Promise<Bench[]> => {
  const files = (await readdir(benchFolder))
    .filter((file) => /^[a-z-]+(?<!-thread)\.ts$/.test(file) && file !== 'run.ts')
    .sort();
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(join(benchFolder, file)).href) as Promise<object>),
  );
  return modules.filter(isBench);
};

const printTable = (figures: Figures): void => {
  const rows = Object.entries(figures).map(([key, value]) => [key, value.toLocaleString('en-US')] as const);
  const [keyWidth, valueWidth] = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const [key, value] of rows) console.log(`  ${key.padEnd(keyWidth ?? 0)}  ${value.padStart(valueWidth ?? 0)}`);
};

const runBench = async (bench: Bench): Promise<void> => {
  const say = (line: string) => console.error(line);
  await sweepScratchFolders();
  const folder = scratchFolder(`bench-${bench.name}`);
  try {
    const figures = await withScratchDatabase(
      { folder: folder.path, purpose: `npm run bench -- ${bench.name}`, say, fillsLog: true },
      (env) => bench.run({ env, say }),
    );
    const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
    console.log(`\n${bench.name}: ${bench.about}\n${machine}, Node ${process.versions.node}\n`);
    printTable(figures);
    console.log(`\n${JSON.stringify(figures)}`);
  } finally {
    await folder.remove();
  }
};

const benches = await findBenches();
const wanted = process.argv[2];
const bench = benches.find(({ name }) => name === wanted);
if (bench) {
  await runBench(bench);
} else {
  if (wanted !== undefined) console.error(`There is no benchmark ${wanted}.`);
  console.log('Benchmarks (npm run bench -- <name>):');
  for (const { name, about } of benches) console.log(`  ${name.padEnd(14)} ${about}`);
  process.exitCode = wanted === undefined ? 0 : 1;
}
