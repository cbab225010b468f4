import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { newSku, receiving } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
  await at.store.append([receiving(newSku(), 0)]);
});
afterAll(() => at.close());

const statements = [
  'update es.events set type = type',
  'delete from es.events',
  'truncate es.events',
  'merge into es.events as e using (select 1) as one on true when matched then delete',
];
const insufficientPrivilege = '42501';
const appendOnly = 'WB004';

describe.each(['app', 'worker', 'auditor'] as const)('the role %s', (role) => {
  test.each(statements)('may not %s', async (statement) => {
    await expect(at.client(role, 1).unsafe(statement)).rejects.toMatchObject({ code: insufficientPrivilege });
  });
});

describe.each(['owner', 'superuser'] as const)('the %s, whom grants do not bind,', (role) => {
  test.each(statements)('is stopped by a trigger: %s', async (statement) => {
    await expect(at.client(role, 1).unsafe(statement)).rejects.toMatchObject({ code: appendOnly });
  });

  test('is stopped even where ordinary triggers are off', async () => {
    const attempt = at.client('superuser', 1).begin(async (tx) => {
      await tx`set local session_replication_role = replica`;
      await tx`delete from es.events`;
    });
    await expect(attempt).rejects.toMatchObject({ code: appendOnly });
  });
});

test('the app and the worker may not drop the triggers, nor begin an incarnation, nor forget outcomes of the app', async () => {
  for (const role of ['app', 'worker'] as const) {
    const sql = at.client(role, 1);
    for (const statement of [
      'alter table es.events disable trigger all',
      'drop trigger events_are_append_only on es.events',
      'insert into es.store_identity (incarnation, system_identifier, timeline_id) values (99, 1, 1)',
      'update es.commands set outcome = outcome',
    ]) {
      await expect(sql.unsafe(statement)).rejects.toMatchObject({ code: insufficientPrivilege });
    }
  }
  await expect(at.client('app', 1)`delete from es.commands`).rejects.toMatchObject({ code: insufficientPrivilege });
});

test('the auditor reads events, commands and read tables, but no key and no session', async () => {
  const auditor = at.client('auditor', 1);
  const [row] = await auditor<{ count: number }[]>`select count(*)::int as count from es.events`;
  expect(row?.count).toBe(1);
  await expect(auditor`select wrapped_key from es.subject_keys`).rejects.toMatchObject({ code: insufficientPrivilege });
  await expect(auditor.unsafe(`insert into es.commands default values`)).rejects.toMatchObject({
    code: insufficientPrivilege,
  });
});

test('what the worker makes in schema read reaches the app, which can’t write there', async () => {
  const worker = at.client('worker', 1);
  await worker.unsafe('create table read.shadow_v1 (id int primary key); insert into read.shadow_v1 values (1)');
  const app = at.client('app', 1);
  expect(await app`select id from read.shadow_v1`).toEqual([{ id: 1 }]);
  expect(await at.client('auditor', 1)`select id from read.shadow_v1`).toEqual([{ id: 1 }]);
  await expect(app.unsafe('insert into read.shadow_v1 values (2)')).rejects.toMatchObject({
    code: insufficientPrivilege,
  });
  await expect(app.unsafe('create table read.mine (id int)')).rejects.toMatchObject({ code: insufficientPrivilege });
});
