import { closeSql, openSql } from '#db/clients.ts';
import type { Env } from '#server/env.ts';
import { type HorizonBlocker, readHorizon } from '#server/event-store/horizon.ts';
import { type GatewayState, readGatewayState } from '#server/runtime/gateway-breakers.ts';
import type { Recording } from '#server/runtime/recording.ts';

export type HealthReport = {
  /** read-only: the disk is full, and nothing is recorded. */
  readonly status: 'ok' | 'read-only' | 'database-unreachable';
  /** How long the database took to answer, in ms. */
  readonly databaseMs: number | null;
  /** Age of the oldest transaction that holds the horizon back, in ms: how far behind the newest event reads may be. */
  readonly horizonAgeMs: number | null;
  /** How the way to the payment gateway stands: open means that calls wait. Null while it can't be read. */
  readonly gateway: GatewayState['state'] | null;
  /** Who holds it, once that is no longer the usual moment; null otherwise. */
  readonly horizonBlocker: Pick<HorizonBlocker, 'kind' | 'pid' | 'database' | 'queryAgeMs'> | null;
};

export type Health = { readonly check: () => Promise<HealthReport>; readonly close: () => Promise<void> };

const patienceMs = 2_000;
/** Our own transactions are over long before; younger ones come and go. */
const blockerFromMs = 1_000;

const rounded = (ms: number | null): number | null => (ms === null ? null : Math.round(ms));

/** On a connection of its own, so that it answers when every other one is taken. */
export const createHealth = (env: Pick<Env, 'APP_DATABASE_URL'>, recording?: Pick<Recording, 'isPaused'>): Health => {
  const sql = openSql(env.APP_DATABASE_URL, {
    max: 1,
    applicationName: 'waybill-web-health',
    statementTimeoutMs: patienceMs,
  });
  const ask = async (): Promise<HealthReport> => {
    const startedAt = performance.now();
    const { ageMs, blockers } = await readHorizon(sql);
    const databaseMs = Math.round(performance.now() - startedAt);
    const { state: gateway } = await readGatewayState(sql);
    const holder = ageMs < blockerFromMs ? undefined : blockers.find(({ holds }) => holds);
    const horizonBlocker = holder
      ? { kind: holder.kind, pid: holder.pid, database: holder.database, queryAgeMs: rounded(holder.queryAgeMs) }
      : null;
    const status = recording?.isPaused() ? 'read-only' : 'ok';
    return { status, databaseMs, horizonAgeMs: Math.round(ageMs), gateway, horizonBlocker };
  };
  const unreachable: HealthReport = {
    status: 'database-unreachable',
    databaseMs: null,
    horizonAgeMs: null,
    gateway: null,
    horizonBlocker: null,
  };
  let under: Promise<HealthReport> | null = null;
  const check = (): Promise<HealthReport> => {
    // Whoever asks while a check is under way gets that one's answer: probes can't pile up.
    under ??= new Promise<HealthReport>((resolve) => {
      const timer = setTimeout(() => resolve(unreachable), patienceMs);
      ask()
        .then(resolve, () => resolve(unreachable))
        .finally(() => clearTimeout(timer));
    }).finally(() => {
      under = null;
    });
    return under;
  };
  return { check, close: () => closeSql(sql, 1) };
};
