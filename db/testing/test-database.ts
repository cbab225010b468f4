import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import { ensureDatabase, ownerRole, type RoleUrls, roleUrls } from '../embedded/roles.ts';
import { templateDatabase, testPasswords } from './cluster.ts';

/** A database of its own for one test file, already migrated, with a connection string per role. */
export type TestDatabase = RoleUrls & { readonly name: string; readonly drop: () => Promise<void> };

const asSuperuser = async (port: number, statement: string): Promise<void> => {
  const { superuserUrl } = roleUrls(port, testPasswords, 'postgres');
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 2 });
  }
};

const handle = (port: number, name: string): TestDatabase => ({
  name,
  ...roleUrls(port, testPasswords, name),
  drop: () => asSuperuser(port, `drop database if exists ${name} with (force)`),
});

const newName = (): string => `test_${randomBytes(6).toString('hex')}`;

/**
 * Clones the migrated template. `port` is that of `startTestCluster()` where a test has a cluster of its own.
 * Drop it in `afterAll`; what is left over goes with the cluster.
 */
export const createTestDatabase = async (port = inject('testClusterPort')): Promise<TestDatabase> => {
  const name = newName();
  // File copy is quicker than logging each block, since nothing is flushed here.
  await asSuperuser(port, `create database ${name} template ${templateDatabase} owner ${ownerRole} strategy file_copy`);
  return handle(port, name);
};

/** A database without any migration applied, for tests of migrations themselves. */
export const createEmptyDatabase = async (port = inject('testClusterPort')): Promise<TestDatabase> => {
  const database = handle(port, newName());
  await ensureDatabase(database.superuserUrl, database.name);
  return database;
};
