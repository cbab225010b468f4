import type { Database } from '#db/clients.ts';
import type { MailTemplate } from '#server/processes/effects.ts';

/** An effect that was given up: a person has to look. Instants are ISO 8601. */
export type GivenUpEffect = {
  readonly effectId: string;
  readonly lane: string;
  /** Such as `authorize` or `mail`. */
  readonly kind: string;
  /** Which mail; null for what is none. */
  readonly template: MailTemplate | null;
  readonly orderKey: string;
  /** Null while the read table has not heard of the order. */
  readonly orderNumber: string | null;
  readonly attempts: number;
  readonly error: string | null;
  readonly requestedAt: string;
};

export type ParkedOrder = {
  readonly orderKey: string;
  readonly orderNumber: string | null;
  readonly error: string;
  readonly since: string;
  readonly attempts: number;
  readonly retryAt: string;
  /** Events that wait behind. */
  readonly waiting: number;
};

export type RefusedCommand = {
  readonly commandId: string;
  readonly orderKey: string;
  readonly orderNumber: string | null;
  readonly type: string;
  /** The rejection's code. */
  readonly code: string;
  readonly at: string;
};

export type ProcessWork = {
  readonly effects: {
    readonly due: number;
    readonly acknowledged: number;
    readonly gaveUp: number;
    /** The longest that one is overdue, in ms. */
    readonly overdueMs: number;
  };
  readonly timers: {
    readonly waiting: number;
    readonly nextAt: string | null;
    readonly failing: number;
    readonly overdueMs: number;
  };
  readonly refusedCount: number;
  readonly givenUp: readonly GivenUpEffect[];
  readonly parked: readonly ParkedOrder[];
  readonly refused: readonly RefusedCommand[];
};

const shownMost = 50;

type CountsRow = {
  readonly due: number;
  readonly acknowledged: number;
  readonly gave_up: number;
  readonly effects_overdue: number;
  readonly timers: number;
  readonly next_at: Date | null;
  readonly failing: number;
  readonly timers_overdue: number;
  readonly refused: number;
};

const readCounts = async (sql: Database): Promise<CountsRow> => {
  const [row] = await sql<CountsRow[]>`
    select effect.*, timer.*, (select count(*)::int from proc.rejected_commands) as refused
    from (
      select (count(*) filter (where status = 'due'))::int as due,
        (count(*) filter (where status = 'acknowledged'))::int as acknowledged,
        (count(*) filter (where status = 'gave_up'))::int as gave_up,
        coalesce(extract(epoch from clock_timestamp() - min(due_at) filter (where status <> 'gave_up')) * 1000, 0)::float8
          as effects_overdue
      from proc.effects
    ) as effect, (
      select count(*)::int as timers, min(due_at) as next_at,
        (count(*) filter (where last_error is not null))::int as failing,
        coalesce(extract(epoch from clock_timestamp() - min(due_at)) * 1000, 0)::float8 as timers_overdue
      from proc.timers
    ) as timer`;
  if (!row) throw new Error('The counts came back without a row');
  return row;
};

/** What the processes have set going, and what of it a person should look at. */
export const readProcessWork = async ({ sql }: { readonly sql: Database }): Promise<ProcessWork> => {
  const [counts, givenUp, parked, refused] = await Promise.all([
    readCounts(sql),
    sql<(Omit<GivenUpEffect, 'requestedAt'> & { requestedAt: Date })[]>`
      select effect.effect_id as "effectId", effect.lane, effect.effect ->> 'kind' as kind,
        effect.effect ->> 'template' as template,
        effect.order_key as "orderKey", status.order_number as "orderNumber", effect.attempts,
        effect.last_error as error, effect.requested_at as "requestedAt"
      from proc.effects effect left join read.order_status_v2 status on status.order_key = effect.order_key::uuid
      where effect.status = 'gave_up' order by effect.requested_at limit ${shownMost}`,
    sql<(Omit<ParkedOrder, 'since' | 'retryAt'> & { since: Date; retryAt: Date })[]>`
      select parked.order_key as "orderKey", status.order_number as "orderNumber", parked.error, parked.since,
        parked.attempts, parked.retry_at as "retryAt",
        (select count(*)::int from proc.parked_events event where event.order_key = parked.order_key) as waiting
      from proc.parked parked left join read.order_status_v2 status on status.order_key = parked.order_key::uuid
      order by parked.since limit ${shownMost}`,
    sql<(Omit<RefusedCommand, 'at'> & { at: Date })[]>`
      select refused.command_id as "commandId", refused.order_key as "orderKey", status.order_number as "orderNumber",
        refused.command_type as type, refused.rejection ->> 'code' as code, refused.rejected_at as at
      from proc.rejected_commands refused left join read.order_status_v2 status on status.order_key = refused.order_key::uuid
      order by refused.rejected_at desc limit 20`,
  ]);
  return {
    effects: {
      due: counts.due,
      acknowledged: counts.acknowledged,
      gaveUp: counts.gave_up,
      overdueMs: Math.max(0, counts.effects_overdue),
    },
    timers: {
      waiting: counts.timers,
      nextAt: counts.next_at?.toISOString() ?? null,
      failing: counts.failing,
      overdueMs: Math.max(0, counts.timers_overdue),
    },
    refusedCount: counts.refused,
    givenUp: givenUp.map((row) => ({ ...row, requestedAt: row.requestedAt.toISOString() })),
    parked: parked.map((row) => ({ ...row, since: row.since.toISOString(), retryAt: row.retryAt.toISOString() })),
    refused: refused.map((row) => ({ ...row, at: row.at.toISOString() })),
  };
};
