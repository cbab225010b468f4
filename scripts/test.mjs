import { ensureInstalled, runPinned } from './install.mjs';

const installMs = await ensureInstalled();
runPinned('scripts/test.ts', process.argv.slice(2), { ...process.env, WAYBILL_INSTALL_MS: String(installMs) });
