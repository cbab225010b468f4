import type { Database } from '#db/clients.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import { tokenOf } from './append-call.ts';
import type { CommandOutcome, StoredOutcome } from './append-unit.ts';
import type { Codec, EventRow } from './codec.ts';
import { eventColumns } from './event-columns.ts';

/** Who asks, and with which body: compared with the first time. */
export type CommandRequest = {
  readonly commandId: string;
  readonly actor: Actor;
  readonly bodyHmac: Uint8Array | null;
};

type CommandRow = {
  readonly command_id: string;
  readonly actor_id: string;
  readonly actor_role: string;
  readonly body_hmac: Buffer | null;
  readonly outcome: CommandOutcome;
  readonly read_incarnation: number;
  readonly read_transaction_id: string;
  readonly read_position: number;
};

const isSameRequest = (row: CommandRow, { actor, bodyHmac }: CommandRequest): boolean =>
  row.actor_id === actor.id &&
  row.actor_role === actor.role &&
  (row.body_hmac === null || bodyHmac === null
    ? row.body_hmac === bodyHmac
    : row.body_hmac.equals(Buffer.from(bodyHmac)));

/** The first outcomes of these commands, in the order asked; null where one was never stored. */
export const readStoredOutcomes = async (
  sql: Database,
  codec: Codec,
  requests: readonly CommandRequest[],
): Promise<(StoredOutcome | null)[]> => {
  const ids = requests.map(({ commandId }) => commandId);
  const rows = await sql<CommandRow[]>`
    select command_id, actor_id, actor_role, body_hmac, outcome, read_incarnation, read_transaction_id, read_position
    from es.commands where command_id = any(${ids}::uuid[])`;
  // Afterwards, not beside it: of a command that commits in between, the events must not be missing.
  const known = rows.map((row) => row.command_id);
  const eventRows =
    known.length === 0
      ? []
      : // The events of its transaction, of which few are others'; in the order of the command.
        await sql<(EventRow & { command_id: string })[]>`
          select command.command_id, ${sql.unsafe(eventColumns)}
          from es.commands as command
          join es.events as event on event.incarnation = command.incarnation
            and event.transaction_id = command.transaction_id
            and lower(event.metadata ->> 'commandId') = command.command_id::text
          where command.command_id = any(${known}::uuid[])
          order by command.command_id, event.position`;
  const events = await codec.decode(eventRows);
  // Text of a uuid column is lower case, whatever the client wrote.
  const eventsOf = Map.groupBy(events, ({ metadata }) => metadata.commandId.toLowerCase());
  const rowOf = new Map(rows.map((row) => [row.command_id, row]));
  return requests.map((request) => {
    const commandId = request.commandId.toLowerCase();
    const row = rowOf.get(commandId);
    if (!row) return null;
    const ofCommand = eventsOf.get(commandId) ?? [];
    const readTo = {
      incarnation: row.read_incarnation,
      transactionId: Number(row.read_transaction_id),
      position: row.read_position,
    };
    return {
      commandId: request.commandId,
      outcome: row.outcome,
      token: tokenOf(ofCommand, readTo),
      events: ofCommand,
      sameRequest: isSameRequest(row, request),
    };
  });
};
