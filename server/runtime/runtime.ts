import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Logger } from 'pino';
import type Stripe from 'stripe';
import type { Database } from '#db/clients.ts';
import type { Env } from '#server/env.ts';
import type { OrderNumbers } from '#server/event-store/order-numbers.ts';
import type { SubjectKeys } from '#server/event-store/subject-keys.ts';
import type { CommandRuntime } from './handle-command.ts';
import type { LiveFeed } from './live-feed.ts';
import type { Presence } from './presence.ts';
import type { Recording } from './recording.ts';
import type { WaitFor } from './wait-for.ts';

/**
 * All that lives once a web process: pools, the group-commit queue, listeners. Our HTTP server and Next's bundle do
 * not share module instances, so it stands on `globalThis`; pages reach it through `app/_server/caller.ts` only.
 */
export type WaybillRuntime = CommandRuntime & {
  readonly env: Env;
  readonly log: Logger;
  /** Event store, projections and queries. */
  readonly sql: Database;
  /** Plain CRUD tables, on a client of its own. */
  readonly crud: PostgresJsDatabase;
  /** Null: the simulated gateway takes the payments. */
  readonly stripe: { readonly client: Stripe; readonly webhookSecret: string } | null;
  readonly orderNumbers: OrderNumbers;
  readonly subjectKeys: Pick<SubjectKeys, 'forWriting'>;
  /** Passes at once; in a rush, together with the others of its moment, so that they share their round trips. */
  readonly placeTogether: () => Promise<void>;
  /** Whether writes are taken: not while the disk is full. */
  readonly recording: Recording;
  readonly waitFor: WaitFor;
  readonly liveFeed: LiveFeed;
  /** Which colleagues look at which order. */
  readonly presence: Presence;
};

declare global {
  var __waybill: WaybillRuntime | undefined;
}
