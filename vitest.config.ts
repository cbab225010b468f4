import { defineConfig } from 'vitest/config';

const skipped = ['node_modules/**', '.next*/**', '.waybill/**', 'e2e/**'];

export default defineConfig({
  test: {
    projects: [
      // Pure code: sharing its modules between files spares loading them a hundred times.
      { extends: true, test: { name: 'unit', include: ['**/*.spec.{ts,tsx}'], exclude: skipped, isolate: false } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.it.ts'],
          exclude: skipped,
          globalSetup: ['db/testing/global-setup.ts'],
          // As above: loading the server for each file anew took a fifth of the time. Databases are a file's own.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
