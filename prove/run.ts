// `npm run prove`: attacks the product part by part and says what held and what broke (README, “Proving”).
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { PlainError } from '../scripts/data-folder.ts';
import { runScript } from '../scripts/run-script.ts';
import { scratchFolder, sweepScratchFolders, withScratchDatabase } from '../scripts/scratch-database.ts';
import type { Part, Size } from './part.ts';
import { parts } from './parts.ts';
import { linesOf, summaryOf } from './report.ts';
import { type PartOutcome, runPart } from './run-part.ts';

type Wish = { readonly wanted: readonly Part[]; readonly size: Size; readonly seed: number };

const readWish = (args: readonly string[]): Wish => {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, size: { type: 'string' }, seed: { type: 'string' } },
  });
  const { only, size = 'full', seed } = values;
  if (size !== 'full' && size !== 'small') throw new PlainError(`--size is small or full, not ${size}.`);
  if (seed !== undefined && !/^\d{1,9}$/.test(seed)) throw new PlainError(`--seed is a whole number, not ${seed}.`);
  const names = only?.split(',').map((name) => name.trim());
  const unknown = names?.find((name) => !parts.some((part) => part.name === name));
  if (unknown !== undefined) {
    const known = parts.map(({ name, about }) => `  ${name.padEnd(18)} ${about}`).join('\n');
    throw new PlainError(`There is no part ${unknown}. There are:\n${known}`);
  }
  return {
    wanted: parts.filter(({ name }) => names?.includes(name) ?? true),
    size,
    seed: seed === undefined ? randomInt(1_000_000_000) : Number(seed),
  };
};

const say = (line: string): void => console.log(`  … ${line}`);

const prove = async (part: Part, size: Size, seed: number): Promise<PartOutcome> => {
  console.log(`\n${part.name}: ${part.about}\n  ${size}: ${part.sizes[size]}; --seed ${seed}`);
  const folder = scratchFolder(`prove-${part.name}`);
  const purpose = `npm run prove -- --only ${part.name}`;
  try {
    const outcome = await runPart(part, {
      size,
      seed,
      say,
      folder: folder.path,
      withDatabase: (use) => withScratchDatabase({ folder: folder.path, purpose, say: () => undefined }, use),
    });
    for (const line of linesOf(outcome)) console.log(line);
    return outcome;
  } finally {
    await folder.remove();
  }
};

await runScript(async () => {
  const { wanted, size, seed } = readWish(process.argv.slice(2));
  console.log(`${availableParallelism()} cores, Node ${process.versions.node}`);
  const outcomes: PartOutcome[] = [];
  await sweepScratchFolders();
  for (const part of wanted) outcomes.push(await prove(part, size, seed));
  const { line, exitCode } = summaryOf(outcomes);
  console.log(`\n${line}`);
  process.exitCode = exitCode;
});
// A part that hung has left something open.
process.exit();
