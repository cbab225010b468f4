import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import type { ImportReport } from './report.ts';
import { copyFixture, fixtureFolder, olistId } from './testing/fixture.ts';

const script = fileURLToPath(new URL('../../../scripts/import-olist.ts', import.meta.url));

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  [database, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'waybill-import-'))]);
});
afterAll(async () => {
  await Promise.all([database.drop(), rm(folder, { recursive: true })]);
});

/** Runs the command as a person would, on the test's database. */
const run = async (...args: string[]): Promise<{ code: number | null; out: string; err: string }> => {
  const child = spawn(process.execPath, [script, ...args], {
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      WAYBILL_DATA_DIR: folder,
      DATABASE_URL: database.ownerUrl,
      APP_DATABASE_URL: database.appUrl,
      WORKER_DATABASE_URL: database.workerUrl,
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
};

test('the command imports, lets the projections follow, and reports at the terminal and as JSON', async () => {
  const file = join(folder, 'report.json');
  const { code, out, err } = await run(fixtureFolder, '--report', file);
  expect({ code, err: err.replaceAll(/^Migrating.*\n/gm, '') }).toEqual({ code: 0, err: '' });
  expect(out).toContain('Validating: 51 of 51 orders');
  expect(out).toContain('Complete: every order, every line and every cent is there.');
  const report = JSON.parse(await readFile(file, 'utf8')) as ImportReport;
  expect(report).toMatchObject({ isComplete: true, projections: { areCaughtUp: true } });
}, 60_000);

test('where a sum differs the command fails, and shows which', async () => {
  const source = await copyFixture({ olist_order_payments_dataset: `${olistId(999)},1,voucher,1,5.00\n` });
  const { code, out } = await run(source);
  await rm(source, { recursive: true });
  expect(code).toBe(1);
  expect(out).toMatch(/Payments, voucher +R\$ 91\.73 +R\$ 86\.73 +✗ DIFFERS/);
  expect(out).toContain('NOT complete: 2 sums differ.');
}, 60_000);

test('without a folder, or with the wrong one, the command says what it needs, and no stack', async () => {
  const [none, wrong] = [await run(), await run(folder)];
  expect([none.code, wrong.code]).toEqual([1, 1]);
  expect(none.err).toContain('npm run import:olist -- <folder');
  expect(wrong.err).toContain('has no olist_orders_dataset.csv.gz');
  expect(none.err + wrong.err).not.toContain('    at ');
}, 60_000);
