import { expect, test } from 'vitest';
import { fold } from '#domain/shared/decider.ts';
import { orderId } from '#domain/shared/ids.builders.ts';
import type { FulfillmentId } from '#domain/shared/ids.ts';
import { amended, amendmentAsked } from '#domain/waybill/amendment.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { beingPicked, readyToPick } from '#domain/waybill/waybill.builders.ts';
import { customerEntry, customerType, customerWaybill } from './customer-view.ts';

const actor = { id: 'demo-ines-sousa', role: 'support' } as const;

test('why an agent changed a price is not the customer’s to read, neither while it waits nor afterwards', () => {
  const entries = amended.map((event) => customerEntry({ eventId: 'any', occurredAt: 'any', actor, event }));
  const told = JSON.stringify([entries, customerWaybill(fold(evolve, blankWaybill, amendmentAsked))]);
  expect(told).toContain('Changed by our support');
  expect(told).not.toContain('Scratched');
  expect(told).not.toContain(actor.id);
});

test('who of the warehouse picks is not the customer’s to know', () => {
  const waybill = fold(evolve, blankWaybill, beingPicked);
  const [fulfillment] = Object.values(waybill.fulfillments);
  if (fulfillment?.status !== 'picking') throw new Error('The story ends with picking');
  const seen = Object.values(customerWaybill(waybill).fulfillments);
  expect(seen).toEqual([{ ...fulfillment, picker: 'warehouse' }]);
  expect(fulfillment.picker).not.toBe('warehouse');
});

test('why a parcel waits is not the customer’s to read', () => {
  const fulfillmentId = Object.keys(fold(evolve, blankWaybill, readyToPick).fulfillments)[0] as FulfillmentId;
  const held = { type: 'FulfillmentHeld' as const, fulfillmentId, orderId, reason: 'Fraud check' };
  const waybill = fold(evolve, blankWaybill, [...readyToPick, held]);
  expect(JSON.stringify(waybill)).toContain('Fraud check');
  expect(JSON.stringify(customerWaybill(waybill))).not.toContain('Fraud check');
});

test('of an event that may be hidden not even the type is told', () => {
  expect(customerType('OrderTagged')).toBeNull();
  expect(customerType('OrderCanceled')).toBe('OrderCanceled');
});
