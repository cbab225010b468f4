import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { placedOrder } from './support-desk.ts';
import { test } from './test.ts';
import { pageAs } from './warehouse-floor.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

/** What somebody at the command line does when a person asks to be forgotten. */
const erase = async (subjectId: string): Promise<string> => {
  const args = ['scripts/run.mjs', 'scripts/erase-subject.ts', subjectId];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: project, env: process.env });
  return stdout;
};

test('a person who was erased is "erased" on every screen, and their order goes on', async ({ browser, baseURL }) => {
  test.slow();
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const desk = await pageAs(browser, url, 'ines');
  await desk.goto(`/support?view=all&order=${order.orderId}`);
  await expect(desk.getByText(order.email)).toBeVisible();

  expect(await erase(`guest-${order.orderId}`)).toContain('Erased: 1 orders say "erased" now');

  await desk.reload();
  await expect(desk.getByRole('heading', { name: order.orderNumber })).toBeVisible();
  await expect(desk.getByText(/erased/i).first()).toBeVisible();
  await expect(desk.getByText(order.name)).toHaveCount(0);
  await expect(desk.getByText(order.email)).toHaveCount(0);

  const floor = await pageAs(browser, url, 'rui');
  await floor.goto('/warehouse');
  await floor.getByRole('searchbox').fill(order.orderNumber);
  await expect(floor.getByText(order.orderNumber).first()).toBeVisible();
  await expect(floor.getByText(order.name)).toHaveCount(0);

  const admin = await pageAs(browser, url, 'ana');
  await admin.goto('/admin');
  await expect(admin.getByRole('grid')).toBeVisible();
  await expect(admin.getByText(order.name)).toHaveCount(0);
  await admin.goto(`/audit/orders/${order.orderId}`);
  await expect(admin.getByText(order.orderNumber).first()).toBeVisible();
  await expect(admin.getByText(/erased/i).first()).toBeVisible();
  await expect(admin.getByText(order.name)).toHaveCount(0);
});
