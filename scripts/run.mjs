// `node scripts/run.mjs <file.ts> [arguments]`: any script of the project, under the pinned Node, installed if needed.
import { ensureInstalled, runPinned } from './install.mjs';

const [script, ...args] = process.argv.slice(2);
if (!script) {
  console.error('Which script? node scripts/run.mjs <file.ts> [arguments]');
  process.exit(1);
}
await ensureInstalled();
runPinned(script, args);
