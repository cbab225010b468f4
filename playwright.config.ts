import { defineConfig } from '@playwright/test';

// `npm run test:e2e` starts an app of its own; Playwright called by hand looks at a running `npm start`.
const url = process.env.WAYBILL_E2E_URL ?? 'http://127.0.0.1:3000';

const executablePath = process.env.WAYBILL_CHROMIUM;

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  // What stops the worker of the app that all share comes when the others are through.
  projects: [
    { name: 'journeys', testIgnore: '**/worker-stopped.e2e.ts' },
    { name: 'alone', testMatch: '**/worker-stopped.e2e.ts', dependencies: ['journeys'] },
  ],
  outputDir: 'test-results/browser',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  // A test that passes at the second try is one that can't be trusted.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    // Drawn without a graphics card, each frame of a fade costs what a page costs. `journey.e2e.ts` has them all.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace of each test costs a fifth of the run; what a failure leaves is a picture and what the page said.
    trace: process.env.WAYBILL_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    },
  },
});
