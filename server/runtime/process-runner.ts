import type { Logger } from 'pino';
import type { Database } from '#db/clients.ts';
import { oneByteJson } from '#db/one-byte-json.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { AnyProcess } from '#server/processes/registry.ts';
import { type EffectExecutors, handOver, type WriteOutcome } from './hand-over.ts';
import type { CommandRuntime } from './handle-command.ts';
import { createHeardVersions } from './heard-versions.ts';
import type { Answered } from './issue-commands.ts';
import type { Lease } from './leases.ts';
import { ordersRemembered } from './memory-room.ts';
import { effectsOf, liveByOrder, type OrderStates, stateRows, timerRows } from './process-batch.ts';
import type { FedEvent } from './read-safely.ts';
import { createRecent } from './recent.ts';
import { runToCompletion } from './run-to-completion.ts';

export type EventBatch = { readonly events: readonly FedEvent[]; readonly readTo: StorePosition };

export const processConsumer = { consumer: 'processes', version: 1 } as const;

export type ProcessRunnerOptions = {
  readonly sql: Database;
  readonly runtime: CommandRuntime;
  readonly processes: readonly AnyProcess[];
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly now?: () => Date;
  /** What is requested is handed over to them as it is written. Without them it waits for whoever takes up what is due. */
  readonly executors?: EffectExecutors;
};

export type Handled = 'written' | 'nothing' | 'lost';

export type ProcessRunner = {
  /**
   * Lets the processes react to a batch, issues their commands, and writes states, effects, timers and the checkpoint
   * in one short transaction. `nothing`: no process had anything to say, and the checkpoint is still to be moved.
   * `lost`, with the lease: nothing was written, and whoever has it does it all again. `passedBefore`: events since
   * the checkpoint that changed nothing. Throws on infrastructure errors; the batch may then be given again.
   */
  handle(batch: EventBatch, lease: Lease, passedBefore?: number): Promise<Handled>;
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
  const { sql, runtime, processes, log, now = () => new Date(), executors } = options;
  const heard = new Set(processes.flatMap(({ hears }) => [...hears]));

  /** Whoever has the lease is the only writer: what it wrote last is what stands. Void with another lease. */
  const remembered = createRecent<OrderStates>({ room: ordersRemembered });
  let knownUnder: number | null = null;
  const hearing = createHeardVersions();

  const statesOf = async (orderKeys: readonly string[]): Promise<Map<string, OrderStates>> => {
    const states = new Map<string, OrderStates>();
    const unknown: string[] = [];
    for (const orderKey of orderKeys) {
      const known = remembered.get(orderKey);
      if (known) states.set(orderKey, known);
      else unknown.push(orderKey);
    }
    if (unknown.length === 0) return states;
    const rows = await sql<{ order_key: string; states: OrderStates }[]>`
      select order_key, states from proc.order_states where order_key = any(${unknown})`;
    for (const row of rows) states.set(row.order_key, row.states);
    return states;
  };

  /** The orders that are parked. Nobody else parks, or frees. */
  const parked = new Set<string>();

  const takeOver = async (lease: Lease): Promise<void> => {
    if (knownUnder === lease.token) return;
    remembered.clear();
    hearing.clear();
    parked.clear();
    for (const { order_key } of await sql<{ order_key: string }[]>`select order_key from proc.parked`)
      parked.add(order_key);
    knownUnder = lease.token;
  };

  /** An order of which one event can't be read is parked first, so that this event and all later ones wait behind it. */
  const parkUnreadable = async (events: EventBatch['events']): Promise<void> => {
    const rows = events.flatMap((recorded) =>
      recorded.unreadable !== undefined && recorded.orderKey !== null && recorded.origin === 'live'
        ? [{ k: recorded.orderKey, e: `${recorded.event.type} can't be read: ${recorded.unreadable}` }]
        : [],
    );
    if (rows.length === 0) return;
    await sql`
      insert into proc.parked (order_key, error)
      select distinct on (k) k, e from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as unreadable (k text, e text)
      on conflict (order_key) do nothing`;
    for (const { k } of rows) parked.add(k);
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
    // Not what was kept and not yet what is: until this is written, nobody knows.
    for (const orderKey of byOrder.keys()) remembered.delete(orderKey);
    const completion = await runToCompletion(byOrder, kept, { runtime, processes, hearing, now });
    const { answered, poisoned } = completion;
    for (const [orderKey, error] of poisoned)
      log.error({ orderKey, err: error }, 'an order is parked: a process failed');
    const { requested, settled } = effectsOf(completion.effects);
    const waiting = [...alreadyParked, ...[...byOrder].filter(([orderKey]) => poisoned.has(orderKey))];
    return {
      poisoned,
      asked: answered.length,
      after: completion.states,
      changes: {
        states: completion.changed,
        effects: requested,
        settled,
        ...timerRows(completion.timers),
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

  type Changes = Awaited<ReturnType<typeof work>>['changes'];

  const remember = (after: ReadonlyMap<string, OrderStates>): void => {
    for (const [orderKey, states] of after) remembered.set(orderKey, states);
  };

  const write = async (
    lease: Lease,
    batch: (EventBatch & { readonly passed: number }) | null,
    { states, effects, ...changes }: Changes,
    after: ReadonlyMap<string, OrderStates>,
  ): Promise<boolean> => {
    const at = batch?.readTo;
    const handedOver = handOver(effects, now(), executors);
    let outcome: WriteOutcome = { status: 'unknown' };
    try {
      const [row] = await sql<{ standing: readonly string[] | null }[]>`
        select proc.write_batch(${lease.consumer}, ${lease.version}, ${lease.token}::bigint, ${lease.ttlMs},
          ${at?.incarnation ?? null}::int, ${at?.transactionId ?? null}::bigint, ${at?.position ?? null}::bigint,
          ${batch?.passed ?? 0},
          ${oneByteJson(changes)}::text::jsonb, ${stateRows(states)}, ${handedOver.rows}) as standing`;
      outcome = row?.standing ? { status: 'written', standing: row.standing } : { status: 'refused' };
    } finally {
      await handedOver.end(outcome);
    }
    if (outcome.status !== 'written') return false;
    for (const { k } of changes.parked) parked.add(k);
    for (const orderKey of changes.unparked) parked.delete(orderKey);
    remember(after);
    return true;
  };

  /** Orders that have come to rest need no memory. One that waits for its next step is asked for again that much later. */
  const letGo = (events: EventBatch['events']): void => {
    const last = events.at(-1);
    if (!last) return;
    const behindMs = now().getTime() - Date.parse(last.recordedAt);
    for (const memory of [remembered, hearing, runtime.waybills]) memory?.letGo(behindMs);
  };

  const react = async (batch: EventBatch, lease: Lease, passedBefore: number): Promise<Handled> => {
    await takeOver(lease);
    await parkUnreadable(batch.events);
    runtime.waybills?.follow(batch.events);
    hearing.follow(batch.events);
    letGo(batch.events);
    const byOrder = liveByOrder(batch.events.filter(({ event }) => heard.has(event.type)));
    const behind = new Map([...byOrder].filter(([orderKey]) => parked.has(orderKey)));
    for (const orderKey of behind.keys()) {
      byOrder.delete(orderKey);
      hearing.forget(orderKey);
    }
    const { changes, after, asked } = await work(byOrder, await statesOf([...byOrder.keys()]), behind);
    const { states, ...lists } = changes;
    if (asked === 0 && states.size === 0 && Object.values(lists).every(({ length }) => length === 0)) {
      remember(after);
      return 'nothing';
    }
    const passed = passedBefore + batch.events.length;
    if (!(await write(lease, { ...batch, passed }, changes, after))) return 'lost';
    return 'written';
  };

  /** What threw may have been written all the same: nothing is known for certain any more. */
  const orForget = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      knownUnder = null;
      throw error;
    }
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

  const retry = async (lease: Lease): Promise<void> => {
    await takeOver(lease);
    if (parked.size === 0) return;
    const rows = await sql<ParkedEvent[]>`
      select event.order_key, event.stream_id, event.version
      from proc.parked_events as event
      where event.order_key in (
        select order_key from proc.parked where retry_at <= ${now()} order by retry_at limit 20)
      order by event.order_key, event.incarnation, event.transaction_id, event.position`;
    for (const [orderKey, some] of Map.groupBy(rows, (row) => row.order_key)) {
      const states = await statesOf([orderKey]);
      const { changes, poisoned, after } = await work(new Map([[orderKey, await readParked(some)]]), states, new Map());
      await write(lease, null, { ...changes, unparked: poisoned.size === 0 ? [orderKey] : [] }, after);
    }
  };

  return {
    handle: (batch, lease, passedBefore = 0) => orForget(() => react(batch, lease, passedBefore)),
    retryParked: (lease) => orForget(() => retry(lease)),
  };
};
