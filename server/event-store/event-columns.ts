/** The columns of es.events that `EventRow` names, for the alias `event`. Constant text, safe to splice into SQL. */
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
  .map((name) => `event.${name}`)
  .join(', ');
