import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Database } from '#db/clients.ts';
import type { IssuedCommand } from '#server/processes/define-process.ts';
import { createAlarm } from './alarm.ts';
import type { CommandRuntime } from './handle-command.ts';
import { type Answered, issueCommands } from './issue-commands.ts';

export type TimerExecutorOptions = {
  readonly sql: Database;
  readonly runtime: CommandRuntime;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly now?: () => Date;
  /** Timers in one go. */
  readonly timersMax?: number;
  /** How long a timer under way is left alone before another worker takes it. */
  readonly leaseMs?: number;
};

export type TimerExecutor = {
  /** Issues the commands of the timers that are due; returns how many timers. */
  fireDue(): Promise<number>;
  run(signal: AbortSignal): Promise<void>;
};

type Row = {
  readonly timer_id: string;
  readonly order_key: string;
  readonly commands: readonly IssuedCommand[];
  readonly correlation_id: string;
  readonly causation_id: string;
};

/** Issues the commands of timers that fall due, many at once. Several workers may run it; a command counts once. */
export const createTimerExecutor = (options: TimerExecutorOptions): TimerExecutor => {
  const { sql, runtime, log, now = () => new Date(), timersMax = 200, leaseMs = 30_000 } = options;

  const lease = (leaseId: string) => sql<Row[]>`
    update proc.timers
    set lease_id = ${leaseId}, attempts = attempts + 1, due_at = ${new Date(now().getTime() + leaseMs)}
    where timer_id in (
      select timer_id from proc.timers where due_at <= ${now()}
      order by due_at limit ${timersMax} for update skip locked)
    returning timer_id, order_key, commands, correlation_id, causation_id`;

  const refusals = (answered: readonly Answered[]) =>
    answered.flatMap(({ request, outcome }) => {
      if (outcome.status !== 'rejected' && outcome.status !== 'failed') return [];
      const { commandId, orderKey, intent, causationId } = request;
      const rejection = outcome.status === 'rejected' ? outcome.rejection : { code: outcome.error.code };
      log.warn({ commandId, orderKey, command: intent.type, rejection }, 'a timer was refused');
      return [{ id: commandId, k: orderKey, type: intent.type, rejection, causation: causationId }];
    });

  const fireDue: TimerExecutor['fireDue'] = async () => {
    const leaseId = randomUUID();
    const rows = await lease(leaseId);
    if (rows.length === 0) return 0;
    const requests = rows.flatMap((row) =>
      row.commands.map((command) => ({
        ...command,
        orderKey: row.order_key,
        correlationId: row.correlation_id,
        causationId: row.causation_id,
      })),
    );
    const refused = refusals(await issueCommands(runtime, requests, now()));
    // A timer that was set anew meanwhile has lost its lease, and stays.
    await sql`
      with gone as (
        delete from proc.timers where lease_id = ${leaseId}
      )
      insert into proc.rejected_commands (command_id, order_key, command_type, rejection, causation_id)
      select id, k, type, rejection, causation
      from jsonb_to_recordset(${JSON.stringify(refused)}::text::jsonb)
        as refused (id uuid, k text, type text, rejection jsonb, causation uuid)
      on conflict (command_id) do nothing`;
    return rows.length;
  };

  return {
    fireDue,
    run: async (signal) => {
      const alarm = createAlarm();
      while (!signal.aborted) {
        try {
          if ((await fireDue()) === timersMax) continue;
        } catch (error) {
          // Their leases run out, and they are tried again.
          log.error({ err: error }, 'timers could not be fired');
        }
        await alarm.sleep(500, signal);
      }
    },
  };
};
