// A thread of its own, so that a busy main thread doesn't blur what it measures (prove/horizon-watch.ts).
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { closeSql, openSql } from '#db/clients.ts';
import type { Span } from './flushes.ts';
import type { HorizonHold, HorizonLooks } from './horizon-watch.ts';

const { url, everyMs } = workerData as { url: string; everyMs: number };
/** Who holds it is asked for only from here on. */
const remarkableMs = 60;

const sql = openSql(url, { max: 1, applicationName: 'prove-horizon', transactionTimeoutMs: 0 });
let isOver = false;
parentPort?.on('message', () => {
  isOver = true;
});

const held: Span[] = [];
const holds: HorizonHold[] = [];
let oldest = '';
let since = 0;
let slowestSampleMs = 0;

const whoHolds = async (xid: string): Promise<string> => {
  const [row] = await sql<{ who: string }[]>`
    select application_name || ' (' || coalesce(state, '?') || ', ' || coalesce(wait_event, 'running') || '): ' ||
      left(regexp_replace(query, '\\s+', ' ', 'g'), 160) as who
    from pg_stat_activity where backend_xid is not null and backend_xid::text = ${String(BigInt(xid) % 2n ** 32n)}`;
  return row?.who ?? 'gone already';
};

while (!isOver) {
  const began = performance.now();
  const [row] = await sql<{ xmin: string; xmax: string }[]>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as xmin, pg_snapshot_xmax(pg_current_snapshot())::text as xmax`;
  const now = performance.now();
  slowestSampleMs = Math.max(slowestSampleMs, now - began);
  const xmin = row?.xmin ?? '';
  if (xmin !== oldest) {
    oldest = xmin;
    since = now;
  }
  // Where the two are the same, nothing is open.
  const ageMs = row && row.xmin !== row.xmax ? now - since : 0;
  const to = performance.timeOrigin + now;
  held.push({ from: to - ageMs, to });
  if (ageMs >= remarkableMs) {
    const last = holds.at(-1);
    if (last?.xid === xmin) last.ms = Math.round(ageMs);
    else holds.push({ xid: xmin, ms: Math.round(ageMs), who: await whoHolds(xmin) });
  }
  await delay(Math.max(0, everyMs - (performance.now() - began)));
}
await closeSql(sql, 1);
parentPort?.postMessage({ held, holds, slowestSampleMs: Math.round(slowestSampleMs) } satisfies HorizonLooks);
parentPort?.close();
