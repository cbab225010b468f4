// `node scripts/run.mjs [--node-flag …] <file.ts> [arguments]`: any script of the project, under the pinned Node,
// installed if needed.
import { ensureInstalled, runPinned } from './install.mjs';

const given = process.argv.slice(2);
const flags = given.slice(
  0,
  given.findIndex((argument) => !argument.startsWith('--')),
);
const [script, ...args] = given.slice(flags.length);
if (!script) {
  console.error('Which script? node scripts/run.mjs <file.ts> [arguments]');
  process.exit(1);
}
await ensureInstalled();
runPinned(script, args, process.env, flags);
