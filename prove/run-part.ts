import { setTimeout as sleep } from 'node:timers/promises';
import { seeded } from '#server/projections/testing/histories.ts';
import { CannotRun, type Finding, type Part, type PartContext } from './part.ts';

export type PartOutcome = {
  readonly findings: readonly Finding[];
  /** Why it could not run here; null where it ran. */
  readonly skipped: string | null;
  readonly durationMs: number;
};

/** All parts together may take an hour; one that takes half of it hangs. */
const minutesMost = 30;

const tooLong = async (signal: AbortSignal): Promise<never> => {
  await sleep(minutesMost * 60_000, undefined, { signal });
  throw new Error(`Not done after ${minutesMost} minutes`);
};

/** Runs one part. What it throws is a finding like another, so that the parts after it run too. */
export const runPart = async (part: Part, context: Omit<PartContext, 'random' | 'check'>): Promise<PartOutcome> => {
  const findings: Finding[] = [];
  const began = performance.now();
  const done = new AbortController();
  let skipped: string | null = null;
  const check: PartContext['check'] = (guarantee, held, figures = {}) =>
    void findings.push({ guarantee, held, figures });
  try {
    const run = part.run({ ...context, random: seeded(context.seed), check });
    await Promise.race([run, tooLong(done.signal)]);
    if (findings.length === 0) check('The part looks at something', false);
  } catch (error) {
    if (error instanceof CannotRun) skipped = error.message;
    else
      check('The part runs to its end', false, {
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
  } finally {
    done.abort();
  }
  return { findings, skipped, durationMs: performance.now() - began };
};
