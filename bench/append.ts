import { randomBytes, randomUUID } from 'node:crypto';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import { eventIdOf } from '#domain/shared/event-id.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { type AppendUnit, createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import type { BenchContext, Figures } from './context.ts';
import { median, rate } from './measure.ts';

export const name = 'append';
export const about = 'appends/s at 1, 16 and 64 clients, against one bare statement that inserts the same rows';

const clientCounts = [1, 16, 64];
const rounds = 5;
const roundMs = 1_500;
const warmUpMs = 700;

const readTo = { incarnation: 1, transactionId: 900, position: 12 };

// A new stream each time, as orders make them.
export const nextUnit = (): AppendUnit => {
  const commandId = randomUUID();
  const orderId = randomUUID();
  const sku = `SKU-${orderId}`;
  return {
    expected: [{ streamId: `inventory-${sku}`, version: 0 }],
    readTo,
    commands: [
      {
        commandId,
        actor: { id: 'process:checkout', role: 'system' },
        bodyHmac: randomBytes(32),
        correlationId: orderId,
        causationId: eventIdOf(orderId, 0),
        origin: 'live',
        occurredAt: new Date().toISOString(),
        outcome: { status: 'accepted' },
        events: [
          {
            type: 'StockReserved',
            sku,
            orderId,
            lineId: `${orderId}:1`,
            quantity: 2,
            expiresAt: '2027-01-01T00:00:00.000Z',
            onShelf: [{ warehouse: 'PORTO', quantity: 20 }],
          } as unknown as registry.DomainEvent,
        ],
      },
    ],
  };
};

/** The least that could write the same rows: no lock, no check, no validation. */
export const bareStatement = async (sql: Database): Promise<void> => {
  const [command] = nextUnit().commands;
  const event = command?.events[0];
  if (!command || !event) throw new Error('no command');
  const { type, ...data } = event;
  const { streamId, streamType } = registry.streamOf(event);
  const metadata = {
    actor: command.actor,
    commandId: command.commandId,
    correlationId: command.correlationId,
    causationId: command.causationId,
  };
  await sql`
    with command as (
      insert into es.commands (command_id, read_incarnation, read_transaction_id, read_position, actor_id, actor_role,
        body_hmac, outcome, incarnation)
      values (${command.commandId}, ${readTo.incarnation}, ${String(readTo.transactionId)}, ${readTo.position},
        ${command.actor.id}, ${command.actor.role}, ${Buffer.from(command.bodyHmac ?? [])},
        ${JSON.stringify(command.outcome)}::text::jsonb, 1)
    )
    insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version, stream_id,
      stream_type, order_key, type, origin, data, metadata)
    values (1, 1, ${eventIdOf(command.commandId, 0)}, ${command.occurredAt}, clock_timestamp(), 1, ${streamId},
      ${streamType}, null, ${type}, ${command.origin}, ${JSON.stringify(data)}::text::jsonb,
      ${JSON.stringify(metadata)}::text::jsonb)
    returning transaction_id, position, recorded_at`;
};

export const run = async ({ env, say }: BenchContext): Promise<Figures> => {
  const figures: Record<string, number> = {};
  for (const clients of clientCounts) {
    const sql = openSql(env.APP_DATABASE_URL, { max: clients, applicationName: 'bench-append' });
    const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
    const store = createEventStore({ sql, codec: createCodec(registry, keys) });
    const single = async () => {
      const [outcome] = await store.append([nextUnit()]);
      if (outcome?.status !== 'appended') throw new Error(`not appended: ${outcome?.status}`);
    };
    const grouped = async () => {
      const outcome = await store.appendGrouped(nextUnit());
      if (outcome.status !== 'appended') throw new Error(`not appended: ${outcome.status}`);
    };
    const bare = () => bareStatement(sql);
    for (const once of [bare, single, grouped]) await rate(clients, warmUpMs, once);
    const runs: { bare: number; single: number; grouped: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const one = {
        bare: await rate(clients, roundMs, bare),
        single: await rate(clients, roundMs, single),
        grouped: await rate(clients, roundMs, grouped),
      };
      say(
        `${clients} clients: bare ${one.bare.toFixed(0)}/s, single ${one.single.toFixed(0)}/s, ` +
          `grouped ${one.grouped.toFixed(0)}/s`,
      );
      runs.push(one);
    }
    figures[`barePerSecond${clients}`] = Math.round(median(runs.map((one) => one.bare)));
    figures[`singlePerSecond${clients}`] = Math.round(median(runs.map((one) => one.single)));
    figures[`groupedPerSecond${clients}`] = Math.round(median(runs.map((one) => one.grouped)));
    figures[`singleRatio${clients}`] = Number(median(runs.map((one) => one.single / one.bare)).toFixed(3));
    figures[`groupedRatio${clients}`] = Number(median(runs.map((one) => one.grouped / one.bare)).toFixed(3));
    await closeSql(sql);
  }
  return figures;
};
