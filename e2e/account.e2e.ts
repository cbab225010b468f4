import { expect, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { expectAccessible } from './axe.ts';
import { test } from './test.ts';

const fill = async (page: Page, email: string, password: string): Promise<void> => {
  await page.getByLabel('Mail address').fill(email);
  await page.getByLabel('Password').fill(password);
};

const signIn = async (page: Page, email: string, password: string): Promise<void> => {
  await page.goto('/sign-in');
  await fill(page, email, password);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

for (const [role, email, password, home] of [
  ['a support agent', 'ines@waybill.example', 'support-demo', '/support'],
  ['a picker', 'rui@waybill.example', 'warehouse-demo', '/warehouse'],
  ['an administrator', 'ana@waybill.example', 'admin-demo-1', '/admin'],
  ['an auditor', 'jan@waybill.example', 'auditor-demo', '/audit'],
  ['a customer', 'marta@waybill.example', 'customer-demo', '/'],
] as const)
  test(`${role} who signs in begins where the work is`, async ({ page }) => {
    await signIn(page, email, password);
    await expect(page).toHaveURL((url) => url.pathname === home);
  });

test('a wrong password says so, and nothing about who has an account', async ({ page }) => {
  const wrong = `nobody-${v7()}@example.test`;
  await signIn(page, wrong, 'not-the-password');
  const alert = page.getByRole('alert').filter({ hasText: /\w/ }).first();
  await expect(alert).toBeVisible();
  await expect(alert).not.toContainText(wrong);
  await expect(page).toHaveURL(/\/sign-in/);
});

test('whoever opens an account is a customer, and the pages of other roles stay closed', async ({ page }) => {
  await page.goto('/sign-up');
  await page.getByLabel('Name').fill('Lena Sommer');
  await fill(page, `${v7()}@example.test`, 'a-long-enough-password');
  await page.getByRole('button', { name: /account/i }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/');
  for (const place of ['/support', '/warehouse', '/admin', '/audit']) {
    await page.goto(place);
    await expect(page, place).toHaveURL(/\/not-allowed/);
  }
});

test('a page of a role asks strangers to sign in, and then goes there', async ({ page }) => {
  await page.goto('/warehouse/shipped');
  await expect(page).toHaveURL(/\/sign-in/);
  await fill(page, 'rui@waybill.example', 'warehouse-demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/warehouse\/shipped/);
});

test('signing in and opening an account are accessible in both themes', async ({ page }) => {
  for (const place of ['/sign-in', '/sign-up', '/not-allowed']) {
    await page.goto(place);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectAccessible(page, place);
  }
});
