import { expect, test } from 'vitest';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import {
  evolveFulfillmentHolds,
  evolveFulfillmentQueue,
  type FulfillmentHoldsRow,
  type FulfillmentQueueRow,
} from './fulfillment-queue.ts';
import { orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';
import { waybillEventOf } from './waybill-event.ts';

const life = (seed: number) => recorded(orderLife({ seed })).filter(({ orderKey }) => orderKey !== null);

test('a fulfillment stands in the queue with the status that the domain gives it, at every step', () => {
  for (let seed = 0; seed < 80; seed += 1) {
    let waybill = blankWaybill;
    let row: FulfillmentQueueRow | undefined;
    for (const one of life(seed)) {
      const event = waybillEventOf(one);
      if (event) waybill = evolve(waybill, event);
      if (one.streamType !== 'fulfillment') continue;
      row = evolveFulfillmentQueue(row, one);
      const fulfillment = waybill.fulfillments[row?.fulfillmentId ?? ''];
      expect(row?.status).toBe(fulfillment?.status);
      expect(row?.version).toBe(waybill.versions[one.streamId]);
      for (const line of row?.lines ?? []) expect(line.picked).toBe(fulfillment?.picked[line.lineId] ?? 0);
    }
  }
});

test('only held orders have a row of holds, and it goes with the last hold', () => {
  for (let seed = 0; seed < 80; seed += 1) {
    let waybill = blankWaybill;
    let row: FulfillmentHoldsRow | undefined;
    for (const one of life(seed)) {
      const event = waybillEventOf(one);
      if (event) waybill = evolve(waybill, event);
      row = evolveFulfillmentHolds(row, one);
      const holds = waybill.order.status === 'absent' ? {} : waybill.order.holds;
      expect(row?.holds ?? {}).toEqual(holds);
      expect(row?.reasons ?? []).toEqual(Object.values(holds).toSorted());
    }
  }
});
