import { describe, expect, test } from 'vitest';
import { lineIdOf, porto, rotterdam } from '../shared/ids.builders.ts';
import { specificationOf } from '../shared/spec.ts';
import { lineIn } from './by-line.ts';
import { decide } from './decide.ts';
import { inventoryEventSchemas, quantityMost } from './events.ts';
import { evolve } from './evolve.ts';
import {
  adjust,
  adjusted,
  allocate,
  allocated,
  allocationReleased,
  expireReservation,
  expiresAt,
  inPorto,
  inRotterdam,
  lowStock,
  receive,
  received,
  releaseAllocation,
  releaseReservation,
  reservationExpired,
  reservationRejected,
  reservationReleased,
  reserve,
  reserved,
  safetyStockSet,
  setSafetyStock,
  shipStock,
  stockShipped,
} from './inventory.builders.ts';
import { availableQuantity, type Inventory, untracked } from './state.ts';

const given = specificationOf({ decide, evolve, initial: untracked });
const claimOf = (buyer: number, state: Inventory) =>
  state.status === 'tracked' ? lineIn(state.allocations, lineIdOf(buyer))?.placements : undefined;
const available = (state: Inventory) => (state.status === 'tracked' ? availableQuantity(state) : null);

test('receiving begins to track a SKU, and adds to its warehouse', () => {
  given().when(receive(5)).thenEvents(received(5));
  expect(given(received(5), received(3, rotterdam), received(2)).state).toMatchObject({
    levels: { PORTO: { onHand: 7, allocated: 0, unavailable: 0 }, ROTTERDAM: { onHand: 3 } },
  });
});

test('a SKU that was never received is unknown to every command but a reservation', () => {
  for (const command of [
    adjust(1),
    releaseReservation(1),
    expireReservation(1),
    allocate(1),
    releaseAllocation(1),
    shipStock(1, inPorto(1)),
    setSafetyStock(1),
  ])
    given().when(command).thenRejected({ code: 'SkuUnknown' });
});

describe('reserving', () => {
  test('takes from what is available, and says what lay where', () => {
    given(received(2), received(1, rotterdam))
      .when(reserve(1, 3))
      .thenEvents(reserved(1, 3, [inPorto(2), inRotterdam(1)]), lowStock(0, 0));
  });
  test('says no more of a shelf than an event can, and still sells from it', () => {
    given(received(quantityMost), received(quantityMost))
      .when(reserve(1, 2))
      .thenEvents(reserved(1, 2, [inPorto(quantityMost)]));
    const { type: _, ...said } = reserved(1, 2, [inPorto(quantityMost)]);
    expect(inventoryEventSchemas.StockReserved.safeParse(said).success).toBe(true);
  });

  test('refuses more than is available, and says how much is left', () => {
    given(received(2))
      .when(reserve(1, 3))
      .thenEvents(reservationRejected(1, 3, 2));
    given(received(2), reserved(1, 2, [inPorto(2)]))
      .when(reserve(2, 1))
      .thenEvents(reservationRejected(2, 1, 0));
  });
  test('refuses a SKU that was never received with an event too, which leaves no trace', () => {
    given()
      .when(reserve(1, 1))
      .thenEvents(reservationRejected(1, 1, 0));
    expect(given(reservationRejected(1, 1, 0)).state).toEqual(untracked);
  });
  test('changes nothing the second time, nor once it is allocated', () => {
    given(received(5), reserved(1, 2, [inPorto(5)]))
      .when(reserve(1, 2))
      .thenNothing();
    given(received(5), reserved(1, 2, [inPorto(5)]), allocated(1, inPorto(2)))
      .when(reserve(1, 2))
      .thenNothing();
  });
  test('says once that stock is low, when it crosses the safety stock', () => {
    const stocked = [received(5), safetyStockSet(3)];
    given(...stocked)
      .when(reserve(1, 2))
      .thenEvents(reserved(1, 2, [inPorto(5)]), lowStock(3, 3));
    given(...stocked, reserved(1, 2, [inPorto(5)]))
      .when(reserve(2, 1))
      .thenEvents(reserved(2, 1, [inPorto(5)]));
  });
});

describe('giving a reservation back', () => {
  const stocked = [received(5), reserved(1, 2, [inPorto(5)])];

  test('releases it, once', () => {
    given(...stocked)
      .when(releaseReservation(1))
      .thenEvents(reservationReleased(1, 2));
    given(...stocked, reservationReleased(1, 2))
      .when(releaseReservation(1))
      .thenNothing();
    expect(available(given(...stocked, reservationReleased(1, 2)).state)).toBe(5);
  });
  test('expires it at its time, once, and not a moment earlier', () => {
    given(...stocked)
      .when(expireReservation(1))
      .thenEvents(reservationExpired(1, 2));
    given(...stocked, reservationExpired(1, 2))
      .when(expireReservation(1))
      .thenNothing();
    given(...stocked)
      .when(expireReservation(1, '2026-11-14T09:14:59.999Z'))
      .thenRejected({ code: 'ReservationNotExpired', expiresAt });
  });
});

describe('allocating', () => {
  test('prefers one warehouse with all of it, in the order of preference', () => {
    const stocked = [received(5), received(5, rotterdam), reserved(1, 3, [inPorto(5), inRotterdam(5)])];
    given(...stocked)
      .when(allocate(1, rotterdam, porto))
      .thenEvents(allocated(1, inRotterdam(3)));
    given(...stocked)
      .when(allocate(1, porto, rotterdam))
      .thenEvents(allocated(1, inPorto(3)));
    given(...stocked)
      .when(allocate(1))
      .thenEvents(allocated(1, inPorto(3)));
  });
  test('goes further for one parcel before it splits', () => {
    given(received(2), received(5, rotterdam), reserved(1, 3, [inPorto(2), inRotterdam(5)]))
      .when(allocate(1, porto, rotterdam))
      .thenEvents(allocated(1, inRotterdam(3)));
  });
  test('splits in the order of preference where no warehouse has all of it', () => {
    given(received(2), received(2, rotterdam), reserved(1, 3, [inPorto(2), inRotterdam(2)]))
      .when(allocate(1, rotterdam, porto))
      .thenEvents(allocated(1, inRotterdam(2), inPorto(1)));
  });
  test('changes nothing the second time', () => {
    given(received(5), reserved(1, 3, [inPorto(5)]), allocated(1, inPorto(3)))
      .when(allocate(1))
      .thenNothing();
  });
  test('is refused without a reservation', () => {
    given(received(5)).when(allocate(1)).thenRejected({ code: 'ReservationUnknown' });
  });
});

describe('giving an allocation back', () => {
  const split = [
    received(2),
    received(2, rotterdam),
    reserved(1, 3, [inPorto(2), inRotterdam(2)]),
    allocated(1, inPorto(2), inRotterdam(1)),
  ];

  test('puts all of it back on sale, once', () => {
    const released = allocationReleased(1, [inPorto(2), inRotterdam(1)]);
    given(...split)
      .when(releaseAllocation(1))
      .thenEvents(released);
    given(...split, released)
      .when(releaseAllocation(1))
      .thenNothing();
    expect(available(given(...split, released).state)).toBe(4);
  });
  test('takes damaged goods off sale', () => {
    const { state } = given(...split, allocationReleased(1, [inPorto(2), inRotterdam(1)], false));
    expect(available(state)).toBe(1);
    expect(state).toMatchObject({ levels: { PORTO: { onHand: 2, allocated: 0, unavailable: 2 } }, allocations: {} });
  });
  test('gives a part back, and keeps the rest', () => {
    given(...split)
      .when(releaseAllocation(1, [inPorto(1)]))
      .thenEvents(allocationReleased(1, [inPorto(1)]));
    given(...split, allocationReleased(1, [inPorto(1)]))
      .when(releaseAllocation(1))
      .thenEvents(allocationReleased(1, [inPorto(1), inRotterdam(1)]));
  });
  test('never gives back more than is claimed, though a warehouse be named twice', () => {
    given(...split)
      .when(releaseAllocation(1, [inPorto(3)]))
      .thenRejected({ code: 'AllocationUnknown' });
    given(...split)
      .when(releaseAllocation(1, [inPorto(2), inPorto(1)]))
      .thenRejected({ code: 'AllocationUnknown' });
    given(...split)
      .when(releaseAllocation(1, [inPorto(1), inPorto(1)]))
      .thenEvents(allocationReleased(1, [inPorto(1), inPorto(1)]));
    expect(claimOf(1, given(...split, allocationReleased(1, [inPorto(1), inPorto(1)])).state)).toEqual([
      inRotterdam(1),
    ]);
  });
  test('gives nothing back when no part is named', () => {
    given(...split)
      .when(releaseAllocation(1, []))
      .thenNothing();
  });
});

describe('shipping', () => {
  const claimed = [received(5), reserved(1, 3, [inPorto(5)]), allocated(1, inPorto(3))];

  test('takes the goods off the shelf', () => {
    given(...claimed)
      .when(shipStock(1, inPorto(2)))
      .thenEvents(stockShipped(1, inPorto(2)));
    const { state } = given(...claimed, stockShipped(1, inPorto(2)));
    expect(state).toMatchObject({ levels: { PORTO: { onHand: 3, allocated: 1 } } });
    expect(claimOf(1, state)).toEqual([inPorto(1)]);
  });
  test('is refused beyond the claim, and from another warehouse', () => {
    for (const command of [shipStock(1, inPorto(4)), shipStock(1, inRotterdam(1)), shipStock(2, inPorto(1))])
      given(...claimed)
        .when(command)
        .thenRejected({ code: 'AllocationUnknown' });
    given(...claimed, stockShipped(1, inPorto(3)))
      .when(shipStock(1, inPorto(1)))
      .thenRejected({ code: 'AllocationUnknown' });
  });
});

describe('adjusting', () => {
  test('corrects the count up and down, and does nothing by nothing', () => {
    given(received(5)).when(adjust(2)).thenEvents(adjusted(2));
    given(received(5)).when(adjust(-2)).thenEvents(adjusted(-2));
    given(received(5)).when(adjust(0)).thenNothing();
  });
  test('never takes away what is promised to buyers', () => {
    given(received(5), reserved(1, 4, [inPorto(5)]))
      .when(adjust(-2))
      .thenRejected({ code: 'StockInsufficient', available: 1 });
  });
  test('never takes a warehouse below what it has', () => {
    given(received(5), received(1, rotterdam))
      .when(adjust(-2, rotterdam))
      .thenRejected({ code: 'StockInsufficient', available: 1 });
  });
  test('says that stock is low', () => {
    given(received(5), safetyStockSet(3)).when(adjust(-3)).thenEvents(adjusted(-3), lowStock(2, 3));
  });
});

test('the safety stock is set, and setting it to what it is changes nothing', () => {
  given(received(5)).when(setSafetyStock(3)).thenEvents(safetyStockSet(3));
  given(received(5), safetyStockSet(3)).when(setSafetyStock(3)).thenNothing();
});

test('the order of keys, which jsonb does not keep, decides nothing', () => {
  const one = given(received(2), received(2, rotterdam), reserved(1, 3, [inPorto(2), inRotterdam(2)]));
  const other = given(received(2, rotterdam), received(2), reserved(1, 3, [inPorto(2), inRotterdam(2)]));
  expect(decide(allocate(1), one.state)).toEqual(decide(allocate(1), other.state));
  expect(decide(reserve(2, 1), one.state)).toEqual(decide(reserve(2, 1), other.state));
});
