import { defineConfig } from 'vitest/config';

const skipped = ['node_modules/**', '.next*/**', '.waybill/**', 'e2e/**'];

/** By far the longest integration test, which the gates begin first (scripts/gates.ts). */
const longest = 'server/runtime/rebuild-horizon.it.ts';

const integration = {
  globalSetup: ['db/testing/global-setup.ts'],
  // As below: loading the server for each file anew took a fifth of the time. Databases are a file's own.
  isolate: false,
  testTimeout: 30_000,
  hookTimeout: 30_000,
};

export default defineConfig({
  test: {
    projects: [
      // Pure code: sharing its modules between files spares loading them a hundred times.
      { extends: true, test: { name: 'unit', include: ['**/*.spec.{ts,tsx}'], exclude: skipped, isolate: false } },
      {
        extends: true,
        test: { ...integration, name: 'integration', include: ['**/*.it.ts'], exclude: [...skipped, longest] },
      },
      { extends: true, test: { ...integration, name: 'integration-long', include: [longest] } },
    ],
  },
});
