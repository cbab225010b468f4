// As `Date`s, made and then put into words again, they took a tenth of a reader's time.
const instants: ReadonlySet<string> = new Set(['occurred_at', 'recorded_at']);

/**
 * The columns of es.events that `EventRow` names, for the alias `event`, instants as text (`isoInstant`). Constant text,
 * safe to splice into SQL.
 */
export const eventColumns = [
  'position',
  'transaction_id',
  'incarnation',
  'version',
  'event_id',
  'occurred_at',
  'recorded_at',
  'schema_version',
  'stream_id',
  'stream_type',
  'order_key',
  'type',
  'origin',
  'data',
  'metadata',
]
  .map((name) => (instants.has(name) ? `event.${name}::text as ${name}` : `event.${name}`))
  .join(', ');
