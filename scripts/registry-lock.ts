import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { eventTypes } from '#domain/events/registry.ts';
import { lockProblems, lockWith, type RegistryLock } from '#domain/events/registry-lock.ts';
import { goldenEvent, goldenStream } from '#domain/events/testing/golden.ts';
import { exampleOf, exampleStreams } from '#domain/events/testing/golden-examples.ts';
import type { StreamType } from '#domain/shared/ids.ts';

/**
 * `npm run registry:lock`: locks new event versions, and keeps a golden event and golden streams of them. What is
 * locked already is never touched. `--republish` rewrites everything: right only while no event has been stored that
 * anybody wants to keep.
 */
const events = fileURLToPath(new URL('../domain/events/', import.meta.url));
const republish = process.argv.includes('--republish');

const write = (file: string, json: unknown): void => {
  writeFileSync(`${events}${file}`, `${JSON.stringify(json, null, 2)}\n`);
  console.log(`wrote domain/events/${file}`);
};
const keep = (file: string, json: unknown): void => {
  if (republish || !existsSync(`${events}${file}`)) write(file, json);
};

const lockFile = 'registry.lock.json';
const lock: RegistryLock =
  republish || !existsSync(`${events}${lockFile}`) ? {} : JSON.parse(readFileSync(`${events}${lockFile}`, 'utf8'));
write(lockFile, lockWith(lock, eventTypes));

mkdirSync(`${events}golden/streams`, { recursive: true });
for (const example of Object.values(exampleOf)) {
  const golden = goldenEvent(example);
  keep(`golden/${golden.type}@${golden.schemaVersion}.json`, golden);
}
for (const [aggregate, streams] of Object.entries(exampleStreams))
  for (const [name, stream] of Object.entries(streams)) {
    const golden = await goldenStream(aggregate as StreamType, stream);
    keep(`golden/streams/${aggregate}-${name}.fold-${golden.foldVersion}.json`, golden);
  }

const problems = lockProblems(JSON.parse(readFileSync(`${events}${lockFile}`, 'utf8')), eventTypes);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
