import canonicalize from 'canonicalize';
import { evolve as evolveFulfillment } from '../../fulfillment/evolve.ts';
import { absentFulfillment, fulfillmentFoldVersion } from '../../fulfillment/state.ts';
import { evolve as evolveInventory } from '../../inventory/evolve.ts';
import { inventoryFoldVersion, untracked } from '../../inventory/state.ts';
import { evolve as evolveOrder } from '../../order/evolve.ts';
import { absentOrder, orderFoldVersion } from '../../order/state.ts';
import { evolve as evolvePayment } from '../../payment/evolve.ts';
import { absentPayment, paymentFoldVersion } from '../../payment/state.ts';
import { fold } from '../../shared/decider.ts';
import type { StreamType } from '../../shared/ids.ts';
import type { EventData } from '../create-registry.ts';
import { type DomainEvent, eventTypes, upcast } from '../registry.ts';

/** An event as it was stored in its day. */
export type GoldenEvent = { readonly type: string; readonly schemaVersion: number; readonly data: EventData };

/** A stream as it was stored in its day, and what the fold of that version made of it. */
export type GoldenStream = {
  readonly aggregate: StreamType;
  readonly foldVersion: number;
  readonly events: readonly GoldenEvent[];
  /** sha256, hexadecimal, of the folded state's RFC 8785 form. */
  readonly stateHash: string;
};

export const foldVersions: Readonly<Record<StreamType, number>> = {
  order: orderFoldVersion,
  payment: paymentFoldVersion,
  fulfillment: fulfillmentFoldVersion,
  inventory: inventoryFoldVersion,
};

const isOf =
  <Type extends DomainEvent['type']>(aggregate: StreamType) =>
  (event: DomainEvent): event is Extract<DomainEvent, { type: Type }> =>
    eventTypes.get(event.type)?.aggregate === aggregate;

type TypeOf<Evolve extends (state: never, event: never) => unknown> = Parameters<Evolve>[1]['type'];

/** Folds one stream's events to its state. */
export const foldStream = (aggregate: StreamType, events: readonly DomainEvent[]): unknown => {
  switch (aggregate) {
    case 'order':
      return fold(evolveOrder, absentOrder, events.filter(isOf<TypeOf<typeof evolveOrder>>(aggregate)));
    case 'payment':
      return fold(evolvePayment, absentPayment, events.filter(isOf<TypeOf<typeof evolvePayment>>(aggregate)));
    case 'fulfillment':
      return fold(
        evolveFulfillment,
        absentFulfillment,
        events.filter(isOf<TypeOf<typeof evolveFulfillment>>(aggregate)),
      );
    case 'inventory':
      return fold(evolveInventory, untracked, events.filter(isOf<TypeOf<typeof evolveInventory>>(aggregate)));
  }
};

/** sha256, hexadecimal, of a JSON value's RFC 8785 form. */
export const hashOf = async (json: unknown): Promise<string> => {
  const text = canonicalize(json);
  if (text === undefined) throw new Error('Not a JSON value');
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** An event as it is stored today. Throws on an unknown type. */
export const goldenEvent = ({ type, ...data }: DomainEvent): GoldenEvent => {
  const entry = eventTypes.get(type);
  if (!entry) throw new Error(`No event type ${type} is registered`);
  return { type, schemaVersion: entry.schemaVersion, data };
};

/** Upcasts a stored stream and folds it with today's code. */
export const replay = ({ aggregate, events }: Pick<GoldenStream, 'aggregate' | 'events'>): unknown =>
  foldStream(
    aggregate,
    events.map(({ type, schemaVersion, data }) => upcast(type, schemaVersion, data)),
  );

/** A stream as it is stored and folded today. */
export const goldenStream = async (aggregate: StreamType, events: readonly DomainEvent[]): Promise<GoldenStream> => ({
  aggregate,
  foldVersion: foldVersions[aggregate],
  events: events.map(goldenEvent),
  stateHash: await hashOf(foldStream(aggregate, events)),
});
