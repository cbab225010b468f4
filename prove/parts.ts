import type { Part } from './part.ts';
import { part as backup } from './parts/backup.ts';
import { part as diskFull } from './parts/disk-full.ts';
import { part as exactlyOnce } from './parts/exactly-once.ts';
import { part as expiryRace } from './parts/expiry-race.ts';
import { part as flashSale } from './parts/flash-sale.ts';
import { part as horizon } from './parts/horizon.ts';
import { part as killPostgres } from './parts/kill-postgres.ts';
import { part as killWeb } from './parts/kill-web.ts';
import { part as killWorker } from './parts/kill-worker.ts';
import { part as leases } from './parts/leases.ts';
import { part as listenKilled } from './parts/listen-killed.ts';
import { part as openTransaction } from './parts/open-transaction.ts';
import { part as poison } from './parts/poison.ts';
import { part as poolExhausted } from './parts/pool-exhausted.ts';
import { part as processes } from './parts/processes.ts';
import { part as sigterm } from './parts/sigterm.ts';
import { part as simulation } from './parts/simulation.ts';
import { part as stockRace } from './parts/stock-race.ts';
import { part as versionRace } from './parts/version-race.ts';
import { part as writers } from './parts/writers.ts';

/** Every part of `npm run prove`, in the order in which they run. */
export const parts: readonly Part[] = [
  versionRace,
  exactlyOnce,
  openTransaction,
  horizon,
  leases,
  listenKilled,
  poison,
  writers,
  simulation,
  processes,
  expiryRace,
  backup,
  flashSale,
  stockRace,
  poolExhausted,
  diskFull,
  sigterm,
  killWorker,
  killWeb,
  killPostgres,
];
