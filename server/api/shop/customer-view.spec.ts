import { expect, test } from 'vitest';
import { fold } from '#domain/shared/decider.ts';
import { amended, amendmentAsked } from '#domain/waybill/amendment.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { customerEntry, customerWaybill } from './customer-view.ts';

const actor = { id: 'demo-ines-sousa', role: 'support' } as const;

test('why an agent changed a price is not the customer’s to read, neither while it waits nor afterwards', () => {
  const entries = amended.map((event) => customerEntry({ eventId: 'any', occurredAt: 'any', actor, event }));
  const told = JSON.stringify([entries, customerWaybill(fold(evolve, blankWaybill, amendmentAsked))]);
  expect(told).toContain('Changed by our support');
  expect(told).not.toContain('Scratched');
  expect(told).not.toContain(actor.id);
});
