import { expect, test } from 'vitest';
import { eventTypes } from '#domain/events/registry.ts';
import { runRange } from './run-range.ts';

// A red run is red again: the seeds are fixed. `npm run prove -- --only simulation` takes others.
test('sixty seeds of the whole domain, with faults at every port, keep every promise', async () => {
  const { broken, seeds, types } = await runRange({ from: 1, count: 60, step: 1 });
  expect(broken.map(({ seed, error, steps }) => `seed ${seed}: ${error}\n${steps.join('\n')}`)).toEqual([]);
  expect(seeds).toBe(60);
  // A simulation that no longer reaches something would keep promises about it for ever.
  const unreached = [...eventTypes.keys()].filter((type) => !types[type]);
  expect(unreached).toEqual(['FulfillmentHeld', 'FulfillmentReleased', 'TrackingUpdated']);
}, 60_000);
