import { ensureInstalled, runPinned } from './install.mjs';

await ensureInstalled();
runPinned('scripts/supervisor.ts', process.argv.slice(2));
