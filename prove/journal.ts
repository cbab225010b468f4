import type { Database } from '#db/clients.ts';
import type { Acknowledged } from './customer.ts';

export type JournalCheck = { readonly commands: number; readonly events: number; readonly missing: readonly string[] };

const chunkSize = 5_000;

/** Looks for all that clients were told was recorded: each event by its id, and each command's outcome. */
export const checkJournal = async (sql: Database, journal: readonly Acknowledged[]): Promise<JournalCheck> => {
  const missing: string[] = [];
  let events = 0;
  for (let from = 0; from < journal.length; from += chunkSize) {
    const notes = journal.slice(from, from + chunkSize).filter(({ refusal }) => refusal === null);
    const eventIds = notes.flatMap((note) => note.eventIds);
    events += eventIds.length;
    const absent = await sql<{ id: string }[]>`
      select id::text from unnest(${eventIds}::uuid[]) as id
      where not exists (select from es.events where event_id = id)`;
    const unknown = await sql<{ id: string }[]>`
      select id::text from unnest(${notes.map(({ commandId }) => commandId)}::uuid[]) as id
      where not exists (select from es.commands where command_id = id)`;
    missing.push(...absent.map(({ id }) => `event ${id}`), ...unknown.map(({ id }) => `command ${id}`));
  }
  return { commands: journal.length, events, missing };
};

export type Outcomes = {
  readonly placed: number;
  readonly confirmed: number;
  /** Rejected or canceled. */
  readonly ended: number;
  /** Neither confirmed nor rejected nor canceled: somebody waits for an answer. */
  readonly undecided: number;
  /** Orders with more than one of what there must be one of. */
  readonly doubled: number;
};

/** What became of these orders. */
export const outcomesOf = async (sql: Database, orderIds: readonly string[]): Promise<Outcomes> => {
  let totals = { placed: 0, confirmed: 0, ended: 0, undecided: 0, doubled: 0 };
  for (let from = 0; from < orderIds.length; from += chunkSize) {
    const [row] = await sql<(typeof totals)[]>`
      with counted as (
        select order_key,
          count(*) filter (where type = 'OrderPlaced') as placed,
          count(*) filter (where type = 'OrderConfirmed') as confirmed,
          count(*) filter (where type in ('OrderRejected', 'OrderCanceled')) as ended,
          count(*) filter (where type = 'AuthorizationRequested') as authorizations,
          count(*) filter (where type = 'PaymentAuthorized') as authorized
        from es.events where order_key = any (${orderIds.slice(from, from + chunkSize)}::text[]) group by order_key)
      select count(*) filter (where placed > 0) as placed, count(*) filter (where confirmed > 0) as confirmed,
        count(*) filter (where ended > 0) as ended,
        count(*) filter (where confirmed = 0 and ended = 0) as undecided,
        count(*) filter (where greatest(placed, confirmed, authorizations, authorized) > 1 or ended > 1) as doubled
      from counted`;
    if (row)
      totals = {
        placed: totals.placed + row.placed,
        confirmed: totals.confirmed + row.confirmed,
        ended: totals.ended + row.ended,
        undecided: totals.undecided + row.undecided,
        doubled: totals.doubled + row.doubled,
      };
  }
  return totals;
};
