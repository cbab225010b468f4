import { appendFile, chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { openSql } from '#db/clients.ts';
import { copyBinaries, findBinaries } from '#db/embedded/binaries.ts';
import { type ClusterPlace, initializeCluster, type RunningCluster, startCluster } from '#db/embedded/cluster.ts';
import { freePort } from '#db/embedded/ports.ts';
import { ensureDatabase, ensureRoles, roleUrls } from '#db/embedded/roles.ts';
import { accountForPostgres, closedFolderOnTheWay } from '#db/embedded/unix-account.ts';
import { migrate } from '#db/migrate.ts';
import { testPasswords } from '#db/testing/cluster.ts';
import * as registry from '#domain/events/registry.ts';
import { createCodec } from './codec.ts';
import { createEventStore } from './event-store.ts';
import { rebase } from './incarnation.ts';
import { createSubjectKeys } from './subject-keys.ts';
import { testMasterKey } from './testing/test-store.ts';
import { inventoryStream, newSku, receiving } from './testing/units.ts';

const settings = ['fsync=off', 'shared_buffers=32MB', 'wal_level=replica'];

test('a running process notices a point-in-time recovery by its own next append, and goes on after a rebase', async () => {
  const account = await accountForPostgres();
  const closed = await closedFolderOnTheWay(tmpdir(), account);
  const folder = await mkdtemp(join(closed ? '/var/tmp' : tmpdir(), 'waybill-failover-'));
  await chmod(folder, 0o711);
  const found = await findBinaries();
  const binaries = (await closedFolderOnTheWay(found.home, account)) ? await copyBinaries(found, folder) : found;
  const place: ClusterPlace = { binaries, account, dataFolder: join(folder, 'data'), logFile: join(folder, 'log') };
  const port = await freePort();
  const urls = roleUrls(port, testPasswords);
  const sql = openSql(urls.appUrl, { max: 2, applicationName: 'test-failover' });
  const owner = openSql(urls.ownerUrl, { max: 1, applicationName: 'test-failover' });
  let running: RunningCluster | undefined;
  try {
    await initializeCluster(place, testPasswords.superuser);
    running = await startCluster(place, port, settings);
    const admin = postgres(roleUrls(port, testPasswords, 'postgres').superuserUrl, { max: 1 });
    await ensureRoles(admin, testPasswords);
    await admin.end({ timeout: 2 });
    await ensureDatabase(urls.superuserUrl, 'waybill');
    await migrate(urls.ownerUrl);

    const keys = createSubjectKeys({ sql, masterKey: testMasterKey });
    const store = createEventStore({ sql, codec: createCodec(registry, keys) });
    const sku = newSku();
    const [first] = await store.append([receiving(sku, 0)]);
    expect(first?.status).toBe('appended');

    // Recovery to the end of the log, as from a base backup: it ends on a new timeline.
    await running.stop('fast');
    const signal = join(place.dataFolder, 'recovery.signal');
    await writeFile(signal, '');
    if (account.uid !== undefined && account.gid !== undefined) await chown(signal, account.uid, account.gid);
    await appendFile(join(place.dataFolder, 'postgresql.auto.conf'), "restore_command = 'false'\n");
    running = await startCluster(place, port, settings);

    const attempt = () =>
      store.append([receiving(sku, 1)]).then(
        () => 'appended',
        (error: { code?: string }) => error.code,
      );
    // Lost connections, and the end of recovery, come first.
    await expect.poll(attempt, { interval: 50, timeout: 15_000 }).toBe('IdentityMismatch');
    expect(await store.readStream(inventoryStream(sku))).toHaveLength(1);
    expect(await rebase(owner)).toEqual({ status: 'rebased', incarnation: 2 });
    expect(await attempt()).toBe('appended');
    expect((await store.readStream(inventoryStream(sku))).map(({ at }) => at.incarnation)).toEqual([1, 2]);
  } finally {
    await Promise.all([sql, owner].map((client) => client.end({ timeout: 1 })));
    await running?.stop('immediate');
    await rm(folder, { recursive: true, force: true });
  }
});
