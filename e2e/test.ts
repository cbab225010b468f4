import { test as base } from '@playwright/test';

/** Playwright's test, which closes at its end every page that it opened: a page left open lives on, listens and asks. */
export const test = base.extend<{ leavesNoPage: undefined }>({
  leavesNoPage: [
    async ({ browser }, use) => {
      await use(undefined);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    { auto: true },
  ],
});
