import type { DomainEvent } from '#domain/events/registry.ts';

export type Entry = {
  readonly occurredAt: string;
  readonly event: DomainEvent;
  /** Shown ahead of its record. */
  readonly isPredicted?: boolean;
};

const toldBy = [
  'OrderPlaced',
  'OrderConfirmed',
  'FulfillmentPacked',
  'FulfillmentShipped',
  'FulfillmentDelivered',
] as const;

/** When each stop was reached, ISO 8601: by the last parcel, so the newest event of its kind. `entries`: newest first. */
export const stopTimes = (entries: readonly Entry[]): readonly (string | undefined)[] =>
  toldBy.map((type) => entries.find(({ event }) => event.type === type)?.occurredAt);

/** When an order came to nothing; undefined while it hasn't. */
export const endTime = (entries: readonly Entry[]): string | undefined =>
  entries.find(({ event }) => event.type === 'OrderCanceled' || event.type === 'OrderRejected')?.occurredAt;
