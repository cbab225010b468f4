import type { Logger } from 'pino';
import type { Database } from '#db/clients.ts';
import type { BreakerStatus } from '#server/adapters/resilient-gateway.ts';

/** How often a row is renewed while the circuit is not closed; readers believe it for three times as long. */
const renewMs = 5_000;
const believedMs = 3 * renewMs;

export type BreakerKeeper = {
  /** Tells the others how this worker's circuit stands. */
  keep(status: BreakerStatus): void;
  /** Renews what is kept, until the signal aborts; then takes it away. */
  run(signal: AbortSignal): Promise<void>;
};

/** Writes down how this worker's circuit to the gateway stands, for health and the System screen. */
export const createBreakerKeeper = (
  sql: Database,
  holder: string,
  log: Pick<Logger, 'warn' | 'info'>,
): BreakerKeeper => {
  let latest: BreakerStatus | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const status = latest;
    if (!status || status.state === 'closed') {
      await sql`delete from proc.gateway_breakers where holder = ${holder} or renewed_at < clock_timestamp() - interval '1 h'`;
      latest = null;
      return;
    }
    const { state, since, retryAt, reason } = status;
    await sql`
      insert into proc.gateway_breakers (holder, state, since, retry_at, reason)
      values (${holder}, ${state}, ${since}, ${retryAt}, ${reason?.slice(0, 300) ?? null})
      on conflict (holder) do update
      set state = excluded.state, since = excluded.since, retry_at = excluded.retry_at, reason = excluded.reason,
          renewed_at = clock_timestamp()`;
  };
  // One after another: the newest is written last.
  const writeSoon = (): Promise<void> => {
    writing = writing.then(write).catch((error: unknown) => {
      log.warn({ err: error }, 'how the circuit to the gateway stands could not be written down');
    });
    return writing;
  };

  return {
    keep: (status) => {
      latest = status;
      const { state, retryAt, reason } = status;
      log[state === 'closed' ? 'info' : 'warn'](
        { state, retryAt, reason },
        'the circuit to the payment gateway changed',
      );
      void writeSoon();
    },
    run: async (signal) => {
      const renewal = setInterval(() => {
        if (latest) void writeSoon();
      }, renewMs);
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        else signal.addEventListener('abort', () => resolve(), { once: true });
      });
      clearInterval(renewal);
      latest = null;
      await writeSoon();
    },
  };
};

/** The way to the gateway as a whole: the worst that a living worker says of it. */
export type GatewayState = {
  readonly state: BreakerStatus['state'];
  /** ISO 8601; null while closed. */
  readonly since: string | null;
  readonly retryAt: string | null;
  readonly reason: string | null;
};

const closed: GatewayState = { state: 'closed', since: null, retryAt: null, reason: null };

export const readGatewayState = async (sql: Database): Promise<GatewayState> => {
  const [row] = await sql<{ state: 'open' | 'half-open'; since: Date; retry_at: Date | null; reason: string | null }[]>`
    select state, since, retry_at, reason from proc.gateway_breakers
    where renewed_at > clock_timestamp() - ${believedMs} * interval '1 ms'
    order by state = 'open' desc, since limit 1`;
  if (!row) return closed;
  const { state, since, retry_at: retryAt, reason } = row;
  return { state, since: since.toISOString(), retryAt: retryAt?.toISOString() ?? null, reason };
};
