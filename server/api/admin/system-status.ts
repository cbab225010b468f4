import { readHorizon } from '#server/event-store/horizon.ts';
import { projections } from '#server/projections/registry.ts';
import { readConsumers, readStoreHead } from '#server/queries/admin-consumers.ts';
import { readDatabaseFigures } from '#server/queries/admin-database.ts';
import { readProcessWork } from '#server/queries/admin-process-work.ts';
import { readGatewayState } from '#server/runtime/gateway-breakers.ts';
import { listParked } from '#server/runtime/parked.ts';
import { listRebuilds } from '#server/runtime/rebuild-requests.ts';
import { adminProcedure } from '../procedures.ts';

/** How the house stands: readers of the store, rebuilds, what is parked, the horizon, work of processes, database. */
export const systemStatus = adminProcedure.query(async ({ ctx }) => {
  const { sql } = ctx.runtime;
  const [head, consumers, rebuilds, parked, horizon, work, database, gateway] = await Promise.all([
    readStoreHead(ctx.runtime),
    readConsumers(ctx.runtime),
    listRebuilds(sql, 8),
    listParked(sql),
    readHorizon(sql),
    readProcessWork(ctx.runtime),
    readDatabaseFigures(ctx.runtime),
    readGatewayState(sql),
  ]);
  return {
    at: new Date().toISOString(),
    projections: projections.map(({ name, version }) => ({ name, version })),
    head,
    consumers,
    rebuilds: rebuilds.map((rebuild) => ({
      ...rebuild,
      requestedAt: rebuild.requestedAt.toISOString(),
      startedAt: rebuild.startedAt?.toISOString() ?? null,
      finishedAt: rebuild.finishedAt?.toISOString() ?? null,
    })),
    parked: parked.map((key) => ({ ...key, since: key.since.toISOString() })),
    horizon,
    work,
    database,
    gateway: { ...gateway, name: ctx.runtime.env.PAYMENT_GATEWAY },
  };
});
