import { expect, test } from 'vitest';
import { orderId } from '#domain/shared/ids.builders.ts';
import { releaseJob } from './bulk-jobs.ts';

type Client = Parameters<typeof releaseJob>[0];
const order = { orderId, orderNumber: 'WB-1' };

test('undoing a release places again what was released, for its reason, and nothing else', async () => {
  const holds = { first: 'Fraud check', second: 'Address check' };
  const client = {
    support: { order: { get: { query: async () => ({ waybill: { order: { status: 'confirmed', holds } } }) } } },
  } as unknown as Client;
  const job = releaseJob(client);
  expect((await job.steps(order)).map(({ command }) => command)).toMatchObject([
    { type: 'ReleaseHold', holdId: 'first' },
    { type: 'ReleaseHold', holdId: 'second' },
  ]);
  const back = job.undo?.steps(order, [{ type: 'OrderHoldReleased', orderId, holdId: 'second' }]) ?? [];
  expect(back.map(({ command }) => command)).toMatchObject([{ type: 'PlaceHold', orderId, reason: 'Address check' }]);
});
