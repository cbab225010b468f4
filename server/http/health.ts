import { closeSql, openSql } from '#db/clients.ts';
import type { Env } from '#server/env.ts';

export type HealthReport = {
  readonly status: 'ok' | 'database-unreachable';
  /** How long the database took to answer, in ms. */
  readonly databaseMs: number | null;
  /** Age of the oldest transaction that holds the horizon back, in ms: how far behind the newest event reads may be. */
  readonly horizonAgeMs: number | null;
};

export type Health = { readonly check: () => Promise<HealthReport>; readonly close: () => Promise<void> };

const patienceMs = 2_000;

/** On a connection of its own, so that it answers when every other one is taken. */
export const createHealth = (env: Pick<Env, 'APP_DATABASE_URL'>): Health => {
  const sql = openSql(env.APP_DATABASE_URL, {
    max: 1,
    applicationName: 'waybill-web-health',
    statementTimeoutMs: patienceMs,
  });
  const ask = async (): Promise<HealthReport> => {
    const startedAt = performance.now();
    const [row] = await sql<{ horizon_age_ms: number | null }[]>`
      select (extract(epoch from max(clock_timestamp() - xact_start)) * 1000)::float8 as horizon_age_ms
      from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()`;
    const databaseMs = Math.round(performance.now() - startedAt);
    return { status: 'ok', databaseMs, horizonAgeMs: Math.round(row?.horizon_age_ms ?? 0) };
  };
  const unreachable: HealthReport = { status: 'database-unreachable', databaseMs: null, horizonAgeMs: null };
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
