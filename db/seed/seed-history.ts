import type { Database } from '#db/clients.ts';
import { onShelf } from '#domain/inventory/state.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { tokenize } from '#server/adapters/simulated-gateway/tokenize.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import { createOrderNumbers } from '#server/event-store/order-numbers.ts';
import { catalog } from './catalog.ts';
import { createHistorian, type Historian, type When } from './historian.ts';
import { orderPlans } from './order-plans.ts';
import { people } from './people.ts';
import { seedGateway } from './seed-gateway.ts';
import { type Cast, tellOrder } from './tell-order.ts';
import { warehouses } from './warehouses.ts';

const dayMs = 86_400_000;
/** Some things are nearly gone, and one is: index into the catalog → how many are left. */
const scarce: ReadonlyMap<number, number> = new Map([
  [0, 7],
  [9, 3],
  [22, 5],
  [37, 0],
  [51, 2],
]);
const unitsMost = 900;

const receiveStock = (historian: Historian, when: When): void => {
  for (const [index, { sku }] of catalog.entries()) {
    for (const [nth, { code }] of warehouses.entries()) {
      // The first warehouse has everything; the others lack something each, so that sourcing has to choose.
      if (nth > 0 && (index + nth) % 4 === 0) continue;
      const quantity = 180 + ((index * 13 + nth * 29) % 140);
      const warehouse = code as WarehouseCode;
      historian.onStock({ type: 'ReceiveStock', sku: sku as Sku, warehouse, quantity }, null, when);
    }
    historian.onStock({ type: 'SetSafetyStock', sku: sku as Sku, threshold: 10 }, null, when);
  }
};

/** Takes what is scarce down to its figure, shelf by shelf, as a count in the warehouse would. */
const makeScarce = (historian: Historian, when: When): void => {
  for (const [index, left] of scarce) {
    const sku = catalog[index]?.sku as Sku | undefined;
    const stock = sku ? historian.stockOf(sku) : null;
    if (!sku || stock?.status !== 'tracked') continue;
    // What is left lies in the first warehouse that has any: "7 left in Porto".
    const shelves = warehouses.flatMap(({ code }) => {
      const level = stock.levels[code as WarehouseCode];
      return level ? [[code, level] as const] : [];
    });
    let keep = left + stock.reserved;
    for (const [warehouse, level] of shelves) {
      const kept = Math.min(keep, onShelf(level));
      keep -= kept;
      const delta = kept - onShelf(level);
      if (delta < 0)
        historian.onStock(
          { type: 'AdjustStock', sku, warehouse: warehouse as WarehouseCode, delta, reason: 'Sold at the fair' },
          null,
          when,
        );
    }
  }
};

/** A month of orders and the stock behind them. Answers how many orders were told. */
export const seedHistory = async (sql: Database, store: EventStore, cast: Cast, now: Date): Promise<number> => {
  const historian = createHistorian();
  const admin: Actor = { id: 'demo-ana-kiss', role: 'admin' };
  receiveStock(historian, { at: new Date(now.getTime() - 40 * dayMs), actor: admin, origin: 'legacy' });

  const card = await tokenize(sql, { number: '4242424242424242', expiry: '12/30', cvc: '123' }, now);
  if (!card.ok) throw new Error(`The seed's test card was refused: ${card.code}`);
  const rates = await sql<
    { country: string; basis_points: number }[]
  >`select country, basis_points from shop.tax_rates`;
  const rateOf = new Map(rates.map(({ country, basis_points }) => [country, basis_points]));
  const orderNumbers = createOrderNumbers(sql);
  const plans = orderPlans(catalog.map(({ sku }) => sku));
  for (const [index, plan] of plans.entries()) {
    const person = people[plan.person] ?? people[0];
    tellOrder(historian, {
      plan,
      index,
      person,
      orderNumber: await orderNumbers.next(),
      cardToken: card.token,
      taxRateBasisPoints: rateOf.get(person.country) ?? 0,
      now,
      cast,
    });
  }
  makeScarce(historian, { at: now, actor: admin, origin: 'legacy' });

  // Before the events: what they ask of the gateway, it has done already.
  await seedGateway(sql, historian.waybills());
  const units = historian.units();
  for (let start = 0; start < units.length; start += unitsMost) {
    const outcomes = await store.append(units.slice(start, start + unitsMost));
    const refused = outcomes.find(({ status }) => status !== 'appended');
    if (refused) throw new Error(`The seed was not written: ${JSON.stringify(refused).slice(0, 300)}`);
  }
  return plans.length;
};
