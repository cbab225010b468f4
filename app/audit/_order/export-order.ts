import { toCsv } from '#domain/shared/csv.ts';
import type { RecordedOrderEvent } from './order-history.ts';

const columns = [
  'incarnation',
  'transaction',
  'position',
  'event id',
  'stream',
  'version',
  'type',
  'recorded',
  'business time',
  'actor',
  'role',
  'command',
  'correlation',
  'causation',
  'origin',
  'data',
] as const;

/** One row an event; what a spreadsheet would take for a formula is quoted by `toCsv`. */
export const eventRows = (events: readonly RecordedOrderEvent[]): (string | number)[][] => [
  [...columns],
  ...events.map(({ at, eventId, streamId, version, event, recordedAt, occurredAt, metadata, origin }) => {
    const { type, ...data } = event;
    return [
      at.incarnation,
      at.transactionId,
      at.position,
      eventId,
      streamId,
      version,
      type,
      recordedAt,
      occurredAt,
      metadata.actor.id,
      metadata.actor.role,
      metadata.commandId,
      metadata.correlationId,
      metadata.causationId ?? '',
      origin,
      JSON.stringify(data),
    ];
  }),
];

const hand = (name: string, type: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** All events as they are shown here: upcast and decrypted, erased values as `{ "erased": true }`. */
export const exportJson = (name: string, events: readonly RecordedOrderEvent[]): void =>
  hand(`${name}.json`, 'application/json', `${JSON.stringify(events, null, 2)}\n`);

/** The mark at the start makes spreadsheets read UTF-8. */
export const exportCsv = (name: string, events: readonly RecordedOrderEvent[]): void =>
  hand(`${name}.csv`, 'text/csv;charset=utf-8', `\ufeff${toCsv(eventRows(events))}`);
