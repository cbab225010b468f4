import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '#db/clients.ts';
import { eventTypes, streamOf, upcast } from '#domain/events/registry.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { startProjections, untilProjected } from '#server/import/follow-projections.ts';
import { importOlist } from '#server/import/olist/import-olist.ts';
import { orderLife } from '#server/projections/testing/histories.ts';
import { insertEvents } from '#server/runtime/testing/worker-rig.ts';
import type { BenchContext } from './context.ts';

/** As many as the import has. */
export const importedCount = 99_441;

const olistFolder = process.env.BENCH_OLIST ?? '/work/shared/data/olist';

/** Olist's orders by the import itself, or made up ones; then the projections, to the end. */
const fill = async (sql: Database, orderCount: number, { env, say }: BenchContext): Promise<void> => {
  const isOlist = orderCount === importedCount && existsSync(join(olistFolder, 'olist_orders_dataset.csv.gz'));
  say(
    isOlist
      ? `orders: Olist’s, from ${olistFolder}`
      : `orders: ${orderCount} made up ones (Olist’s ${importedCount} are not asked for, or their files are absent)`,
  );
  const projections = startProjections(env);
  try {
    if (isOlist) {
      const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
      const store = createEventStore({ sql, codec: createCodec({ eventTypes, streamOf, upcast }, keys) });
      await importOlist({ sql, store, folder: olistFolder, untilProjected: () => untilProjected(sql, 60_000) });
      return;
    }
    for (let from = 0; from < orderCount; from += 500) {
      const lives = Array.from({ length: Math.min(500, orderCount - from) }, (_, nth) =>
        orderLife({ seed: from + nth }),
      );
      await insertEvents(
        sql,
        lives.flat().filter(({ event }) => !('sku' in event)),
      );
    }
    const { areCaughtUp } = await untilProjected(sql, 60_000);
    if (!areCaughtUp) throw new Error('The projections did not follow');
  } finally {
    await projections.stop();
  }
};

/** As autovacuum does by itself within some minutes after so many rows, and then not beside what is measured. */
const settle = async (sql: Database): Promise<void> => {
  await sql.unsafe('vacuum (analyze)');
  await sql.unsafe('checkpoint').catch((error: unknown) => {
    // Only a superuser may, or who was made one for it; a database of one's own then writes it when it is due.
    if ((error as { code?: string }).code !== '42501') throw error;
  });
};

/**
 * A desk full of orders, Olist's where its files are and so many are wanted, else made up ones; the output says which.
 * Resolves with how many the list holds.
 */
export const fillDesk = async (sql: Database, orderCount: number, context: BenchContext): Promise<number> => {
  await fill(sql, orderCount, context);
  await settle(sql);
  const [counted] = await sql<{ orders: number }[]>`select count(*)::int as orders from read.order_search_v2`;
  return counted?.orders ?? 0;
};
