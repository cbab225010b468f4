import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparePositions } from '#domain/shared/store-position.ts';
import type { AppendCommand, AppendOutcome } from './event-store.ts';
import { pruneCommands } from './prune-commands.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { command, inventoryStream, newSku, receiving, stockReceived, unit } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const firstOf = (outcome: AppendOutcome | undefined) => {
  if (!outcome || outcome.status === 'conflict') throw new Error(`No stored outcome: ${JSON.stringify(outcome)}`);
  const [stored] = outcome.commands;
  if (!stored) throw new Error('The command was not stored');
  return stored;
};

test('a command id sent 100 times at once has one effect, and every answer is the same', async () => {
  const sku = newSku();
  const commandId = randomUUID();
  const processes = [at.store, at.another().store];
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, nth) => {
      const store = processes[nth % 2] ?? at.store;
      const sent = receiving(sku, 'any', { commandId });
      return nth % 3 === 0 ? store.append([sent]).then(([outcome]) => outcome) : store.appendGrouped(sent);
    }),
  );
  expect(outcomes.filter((outcome) => outcome?.status === 'appended')).toHaveLength(1);
  const [first, ...others] = outcomes.map(firstOf);
  for (const other of others) expect(other).toEqual(first);
  expect(await at.store.readStream(inventoryStream(sku))).toHaveLength(1);
});

test('a command id that races under different lock keys has one effect all the same', async () => {
  const rival = at.another().store;
  for (let round = 0; round < 50; round += 1) {
    const commandId = randomUUID();
    const [one, two] = [newSku(), newSku()];
    const outcomes = await Promise.all([
      at.store.append([receiving(one, 0, { commandId })]),
      rival.append([receiving(two, 0, { commandId })]),
    ]);
    expect(outcomes.map(([outcome]) => outcome?.status).sort()).toEqual(['appended', 'duplicate']);
    const written = await Promise.all([one, two].map((sku) => at.store.readStream(inventoryStream(sku))));
    expect(written.flat()).toHaveLength(1);
  }
});

test('units of many commands that race for some of their ids are each written whole or not at all', async () => {
  const rival = at.another().store;
  for (let round = 0; round < 30; round += 1) {
    const shared = randomUUID();
    const skus = [newSku(), newSku()];
    const racing = skus.map((sku) =>
      unit([], [command([stockReceived(sku)]), command([stockReceived(sku)], { commandId: shared })]),
    );
    const outcomes = await Promise.all(
      racing.map((one, nth) => (nth === 0 ? at.store : rival).append([one]).then(([outcome]) => outcome)),
    );
    expect(outcomes.map((outcome) => outcome?.status).sort()).toEqual(['appended', 'duplicate']);
    const written = await Promise.all(skus.map((sku) => at.store.readStream(inventoryStream(sku))));
    expect(written.map((events) => events.length).sort()).toEqual([0, 2]);
  }
});

test('the first outcome and token come back though the stream has moved since', async () => {
  const sku = newSku();
  const commandId = randomUUID();
  const [first] = await at.store.append([receiving(sku, 0, { commandId })]);
  await at.store.append([receiving(sku, 1)]);
  const [again] = await at.store.append([receiving(sku, 0, { commandId })]);
  expect(again?.status).toBe('duplicate');
  expect(firstOf(again)).toEqual(firstOf(first));
});

test.each<[string, Partial<AppendCommand>]>([
  ['another body', { bodyHmac: new Uint8Array(32).fill(2) }],
  ['no body', { bodyHmac: null }],
  ['another actor', { actor: { id: 'agent-2', role: 'support' } }],
  ['another role of the actor', { actor: { id: 'agent-1', role: 'admin' } }],
])('the same id with %s is not the same request, and writes nothing', async (_, changed) => {
  const sku = newSku();
  const commandId = randomUUID();
  await at.store.append([receiving(sku, 0, { commandId })]);
  const [again] = await at.store.append([receiving(sku, 1, { commandId, ...changed })]);
  expect(again?.status).toBe('duplicate');
  expect(firstOf(again).sameRequest).toBe(false);
  expect(await at.store.readStream(inventoryStream(sku))).toHaveLength(1);
});

test('rejections and no-ops are kept too, and their token is the last event that was read', async () => {
  const sku = newSku();
  const [delivered] = await at.store.append([receiving(sku, 0)]);
  const readTo = firstOf(delivered).token;
  const expected = [{ streamId: inventoryStream(sku), version: 1 }] as const;
  const rejected = command([], { outcome: { status: 'rejected', rejection: { code: 'SkuUnknown' } } });
  const noOp = command([]);
  for (const sent of [rejected, noOp]) {
    const [first] = await at.store.append([unit(expected, [sent], readTo)]);
    const [again] = await at.store.append([unit(expected, [sent], { ...readTo, position: readTo.position + 9 })]);
    expect([first?.status, again?.status]).toEqual(['appended', 'duplicate']);
    expect(firstOf(again)).toEqual(firstOf(first));
    expect(firstOf(again)).toMatchObject({ outcome: sent.outcome, events: [], token: readTo });
  }
});

test('a unit that brings one stored command again writes none of its others, and says which is stored', async () => {
  const sku = newSku();
  const stored = command([stockReceived(sku)]);
  const fresh = command([stockReceived(sku)]);
  await at.store.append([unit([], [stored])]);
  const [outcome] = await at.store.append([unit([], [fresh, stored])]);
  if (outcome?.status !== 'duplicate') throw new Error('not a duplicate');
  expect(outcome.commands.map((one) => one?.commandId ?? null)).toEqual([null, stored.commandId]);
  expect(await at.store.readStream(inventoryStream(sku))).toHaveLength(1);
});

test('a command id twice in one unit is refused before anything is sent', async () => {
  const sent = command([stockReceived(newSku())]);
  await expect(at.store.append([unit([], [sent, sent])])).rejects.toMatchObject({ code: 'CommandTwice' });
});

test('outcomes can be asked for before deciding; one that was never stored is null', async () => {
  const sent = command([stockReceived(newSku())]);
  const [first] = await at.store.append([unit([], [sent])]);
  const found = await at.store.readOutcomes([{ ...sent, commandId: randomUUID() }, sent]);
  expect(found).toEqual([null, firstOf(first)]);
});

test('a command’s token is never before what it read', async () => {
  const sku = newSku();
  const [first] = await at.store.append([receiving(sku, 0)]);
  const [second] = await at.store.append([
    unit([{ streamId: inventoryStream(sku), version: 1 }], [command([stockReceived(sku)])], firstOf(first).token),
  ]);
  expect(comparePositions(firstOf(second).token, firstOf(first).token)).toBeGreaterThan(0);
});

test('outcomes of people are forgotten after 90 days, those of processes never', async () => {
  const person = command([stockReceived(newSku())]);
  const process = command([stockReceived(newSku())], { bodyHmac: null });
  const recent = command([stockReceived(newSku())]);
  await at.store.append([unit([], [person]), unit([], [process]), unit([], [recent])]);
  await at.client('owner', 1)`
    update es.commands set recorded_at = now() - interval '91 days'
    where command_id = any(${[person.commandId, process.commandId]}::uuid[])`;
  expect(await pruneCommands(at.client('worker', 1))).toBe(1);
  const left = await at.store.readOutcomes([person, process, recent]);
  expect(left.map((one) => one !== null)).toEqual([false, true, true]);
});
