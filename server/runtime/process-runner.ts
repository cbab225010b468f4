import type { Logger } from 'pino';
import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { AnyProcess } from '#server/processes/registry.ts';
import type { CommandRuntime } from './handle-command.ts';
import { type Answered, issueCommands } from './issue-commands.ts';
import type { Lease } from './leases.ts';
import { effectRows, liveByOrder, type OrderStates, reactToBatch, timerRows } from './process-batch.ts';

export type EventBatch = { readonly events: readonly RecordedEvent<DomainEvent>[]; readonly readTo: StorePosition };

export const processConsumer = { consumer: 'processes', version: 1 } as const;

export type ProcessRunnerOptions = {
  readonly sql: Database;
  readonly runtime: CommandRuntime;
  readonly processes: readonly AnyProcess[];
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly now?: () => Date;
  /** Called after a commit that wrote effects or timers: wakes their executors. */
  readonly onScheduled?: () => void;
};

export type ProcessRunner = {
  /**
   * Lets the processes react to a batch, issues their commands, and writes states, effects, timers and the checkpoint
   * in one short transaction. False when the lease is lost: nothing was written, and whoever has it does it all again.
   * Throws on infrastructure errors; the batch may then be given again.
   */
  handle(batch: EventBatch, lease: Lease): Promise<boolean>;
  /** Tries the events of parked orders again whose time has come. To be called by the holder, between batches. */
  retryParked(lease: Lease): Promise<void>;
};

type Recorded = RecordedEvent<DomainEvent>;
type ParkedEvent = {
  readonly order_key: string;
  readonly stream_id: StreamId;
  readonly version: number;
};

const described = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : `${error}`);

export const createProcessRunner = (options: ProcessRunnerOptions): ProcessRunner => {
  const { sql, runtime, processes, log, now = () => new Date(), onScheduled } = options;
  const heard = new Set(processes.flatMap(({ hears }) => [...hears]));

  const loadStates = async (orderKeys: readonly string[]) => {
    const rows = await sql<{ order_key: string; states: OrderStates | null; is_parked: boolean }[]>`
      select key as order_key, state.states, parked.order_key is not null as is_parked
      from unnest(${orderKeys as string[]}::text[]) as key
      left join proc.order_states as state on state.order_key = key
      left join proc.parked as parked on parked.order_key = key`;
    return {
      states: new Map(rows.flatMap((row) => (row.states ? [[row.order_key, row.states] as const] : []))),
      parked: new Set(rows.filter((row) => row.is_parked).map((row) => row.order_key)),
    };
  };

  const rejectedRows = (answered: readonly Answered[]): object[] =>
    answered.flatMap(({ request, outcome }) => {
      if (outcome.status !== 'rejected') return [];
      const { commandId, orderKey, intent, causationId } = request;
      log.warn({ commandId, orderKey, command: intent.type, rejection: outcome.rejection }, 'a process was refused');
      return [{ id: commandId, k: orderKey, type: intent.type, rejection: outcome.rejection, causation: causationId }];
    });

  const work = async (
    byOrder: ReadonlyMap<string, readonly Recorded[]>,
    kept: ReadonlyMap<string, OrderStates>,
    alreadyParked: ReadonlyMap<string, readonly Recorded[]>,
  ) => {
    const reactions = reactToBatch(processes, byOrder, kept);
    const answered = await issueCommands(runtime, reactions.commands, now());
    const poisoned = new Map(reactions.poisoned);
    for (const { request, outcome } of answered)
      if (outcome.status === 'failed') poisoned.set(request.orderKey, outcome.error);
    for (const [orderKey, error] of poisoned)
      log.error({ orderKey, err: error }, 'an order is parked: a process failed');
    const sound = <Change extends { readonly orderKey: string }>(changes: readonly Change[]) =>
      changes.filter(({ orderKey }) => !poisoned.has(orderKey));
    const waiting = [...alreadyParked, ...[...byOrder].filter(([orderKey]) => poisoned.has(orderKey))];
    return {
      poisoned,
      changes: {
        states: [...reactions.states].filter(([k]) => !poisoned.has(k)).map(([k, s]) => ({ k, s })),
        ...effectRows(sound(reactions.effects), now()),
        ...timerRows(sound(reactions.timers)),
        rejected: rejectedRows(answered),
        unparked: [] as string[],
        parked: [...poisoned].map(([k, error]) => ({ k, e: described(error) })),
        parkedEvents: waiting.flatMap(([k, events]) =>
          events.map(({ at, streamId, version }) => ({
            k,
            i: at.incarnation,
            x: at.transactionId,
            p: at.position,
            s: streamId,
            v: version,
          })),
        ),
      },
    };
  };

  const write = async (lease: Lease, batch: EventBatch | null, changes: object): Promise<boolean> => {
    const at = batch?.readTo;
    const [row] = await sql<{ written: boolean }[]>`
      select proc.write_batch(${lease.consumer}, ${lease.version}, ${lease.token}::bigint, ${lease.ttlMs},
        ${at?.incarnation ?? null}::int, ${at?.transactionId ?? null}::bigint, ${at?.position ?? null}::bigint,
        ${batch?.events.length ?? 0},
        ${JSON.stringify(changes)}::text::jsonb) as written`;
    return row?.written ?? false;
  };

  const handle: ProcessRunner['handle'] = async (batch, lease) => {
    runtime.waybills?.follow(batch.events);
    const byOrder = liveByOrder(batch.events.filter(({ event }) => heard.has(event.type)));
    const keys = [...byOrder.keys()];
    const { states, parked } = keys.length === 0 ? { states: new Map(), parked: new Set() } : await loadStates(keys);
    const behind = new Map([...byOrder].filter(([orderKey]) => parked.has(orderKey)));
    for (const orderKey of behind.keys()) byOrder.delete(orderKey);
    const { changes } = await work(byOrder, states, behind);
    const written = await write(lease, batch, changes);
    if (written && (changes.effects.length > 0 || changes.timers.length > 0)) onScheduled?.();
    return written;
  };

  const readParked = async (rows: readonly ParkedEvent[]): Promise<Recorded[]> => {
    const events = await Promise.all(
      rows.map(async ({ stream_id, version }) => {
        const stream = await runtime.store.readStream(stream_id, version);
        return stream.filter((event) => event.version === version);
      }),
    );
    return events.flat();
  };

  const retryParked: ProcessRunner['retryParked'] = async (lease) => {
    const rows = await sql<ParkedEvent[]>`
      select event.order_key, event.stream_id, event.version
      from proc.parked_events as event
      where event.order_key in (
        select order_key from proc.parked where retry_at <= ${now()} order by retry_at limit 20)
      order by event.order_key, event.incarnation, event.transaction_id, event.position`;
    for (const [orderKey, some] of Map.groupBy(rows, (row) => row.order_key)) {
      const { states } = await loadStates([orderKey]);
      const { changes, poisoned } = await work(new Map([[orderKey, await readParked(some)]]), states, new Map());
      await write(lease, null, { ...changes, unparked: poisoned.size === 0 ? [orderKey] : [] });
    }
  };

  return { handle, retryParked };
};
