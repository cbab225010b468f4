import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { Currency } from '#domain/shared/money.ts';
import { silentCarrier } from '#server/adapters/carrier.ts';
import { paymentIdOf } from './checkout.ts';
import { allProcesses } from './registry.ts';
import { at, lineId, orderId, orderPlaced, porto, recorded, sku } from './testing/events.ts';

const processes = allProcesses(silentCarrier);
const ids = ['line-0', 'line-1', 'line-2'];
const placed = orderPlaced({ lines: ids.map((id) => ({ id, sku: id.toUpperCase(), quantity: 1, price: 1_000 })) });
const paymentId = paymentIdOf(orderId);
const keys = { paymentId, orderId, currency: 'EUR' as Currency };
const line = (id: string) => ({ sku: sku(id.toUpperCase()), orderId, lineId: lineId(id), quantity: 1 });
const onShelf = [{ warehouse: porto, quantity: 5 }];

const reservations: DomainEvent[] = ids.map((id) => ({ type: 'StockReserved', ...line(id), expiresAt: at, onShelf }));
const allocations: DomainEvent[] = ids.map((id) => ({ type: 'StockAllocated', ...line(id), placements: onShelf }));
const money: DomainEvent[] = [
  { type: 'AuthorizationRequested', ...keys, amountMinor: 3_490, method: placed.paymentMethod },
  { type: 'PaymentAuthorized', ...keys, amountMinor: 3_490, gatewayReference: 'pi_1', expiresAt: at },
  { type: 'OrderConfirmed', orderId },
];
const canceled: DomainEvent = { type: 'OrderCanceled', orderId, lines: [], reason: 'no longer wanted', restock: true };

type Feed = readonly RecordedEvent<DomainEvent>[];
// Ids stay with their events however these are shuffled.
const feed: Feed = [placed, ...reservations, ...money, ...allocations, canceled].map((event, nth) =>
  recorded(event, nth),
);
const of = (...types: string[]): Feed => feed.filter(({ event }) => types.includes(event.type));

/** Every command id that all processes make of a feed. */
const commandIds = (events: Feed): Set<string> =>
  new Set(
    processes.flatMap((process) => {
      let state = process.initial;
      return events.flatMap((event) => {
        const reaction = process.react(state, event);
        // As the runner keeps it.
        state = JSON.parse(JSON.stringify(reaction.state));
        return reaction.commands.map(({ commandId }) => commandId);
      });
    }),
  );

const shuffled = (events: Feed): fc.Arbitrary<Feed> =>
  fc.shuffledSubarray([...events], { minLength: events.length, maxLength: events.length });

test('answers that come in any order, and more than once, lead to the same set of command ids', () => {
  const expected = commandIds(feed);
  const doubled = (events: Feed) =>
    fc.tuple(shuffled(events), fc.subarray([...events])).map(([once, again]): Feed => [...once, ...again]);
  fc.assert(
    fc.property(
      doubled(of('StockReserved')),
      doubled(of('StockAllocated')),
      fc.boolean(),
      (reserved, allocated, moneyTwice) => {
        const paid = of('AuthorizationRequested', 'PaymentAuthorized', 'OrderConfirmed');
        const events = [
          ...of('OrderPlaced'),
          ...reserved,
          ...paid.flatMap((event) => (moneyTwice ? [event, event] : [event])),
          ...allocated,
          ...of('OrderCanceled'),
        ];
        expect(commandIds(events)).toEqual(expected);
      },
    ),
  );
});

test('a batch that is delivered again after a crash, from the states of its beginning, makes the same commands', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: feed.length }), fc.integer({ min: 0, max: feed.length }), (one, two) => {
      const [from, to] = one < two ? [one, two] : [two, one];
      for (const process of processes) {
        const kept = feed.slice(0, from).reduce((state, event) => process.react(state, event).state, process.initial);
        const run = () => {
          let state = kept;
          return feed.slice(from, to).map((event) => {
            const reaction = process.react(state, event);
            state = reaction.state;
            return reaction;
          });
        };
        expect(run()).toEqual(run());
      }
    }),
  );
});
