import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutate, query } from '#server/http/testing/api-client.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

let web: TestWeb;
let ines: string;
let tom: string;
beforeAll(async () => {
  web = await startTestWeb();
  ines = (await web.signIn('support')).cookie;
  tom = (await web.signIn('support')).cookie;
});
afterAll(() => web.close());

const view = (change: Readonly<Record<string, unknown>> = {}) => ({
  id: v7(),
  name: `Large ${v7().slice(-12)}`,
  query: 'total:>500 -tag:vip',
  base: 'all',
  sort: '-total',
  isShared: false,
  ...change,
});
const save = (input: object, cookie: string) => mutate(web, 'support.views.save', input, { cookie });
const remove = (id: string, cookie: string) => mutate(web, 'support.views.delete', { id }, { cookie });
const listed = async (cookie: string): Promise<readonly { id: string; name: string; isOwn: boolean }[]> =>
  (await query(web, 'support.views.list', undefined, { cookie })).data;
const codeOf = ({ error }: Awaited<ReturnType<typeof save>>) => {
  const { refusal } = error ?? {};
  return refusal?.kind === 'rejected' ? refusal.rejection.code : error?.code;
};

describe('saved views', () => {
  test('a private one is its owner’s alone: others neither see, change nor delete it', async () => {
    const own = view();
    expect((await save(own, ines)).status).toBe(200);
    expect((await listed(ines)).find(({ id }) => id === own.id)).toMatchObject({ isOwn: true, name: own.name });
    expect((await listed(tom)).some(({ id }) => id === own.id)).toBe(false);
    expect(codeOf(await save({ ...own, name: 'Taken' }, tom))).toBe('ViewUnknown');
    expect(codeOf(await remove(own.id, tom))).toBe('ViewUnknown');
    expect((await query(web, 'support.views.counts', { ids: [own.id] }, { cookie: tom })).data).toEqual({});
    expect((await listed(ines)).find(({ id }) => id === own.id)?.name).toBe(own.name);
  });

  test('a shared one is seen by all, and changed and deleted by its owner', async () => {
    const shared = view({ isShared: true });
    await save(shared, ines);
    expect((await listed(tom)).find(({ id }) => id === shared.id)).toMatchObject({ isOwn: false });
    expect(codeOf(await save({ ...shared, name: 'Taken' }, tom))).toBe('ViewNotYours');
    expect(codeOf(await remove(shared.id, tom))).toBe('ViewNotYours');
    await save({ ...shared, name: 'Renamed' }, ines);
    expect((await listed(tom)).find(({ id }) => id === shared.id)?.name).toBe('Renamed');
    await remove(shared.id, ines);
    expect((await listed(tom)).some(({ id }) => id === shared.id)).toBe(false);
    expect((await remove(shared.id, ines)).status).toBe(200);
  });

  test('saving the same again changes nothing; a second view of one name is refused', async () => {
    const one = view({ name: 'Mine' });
    expect((await save(one, ines)).status).toBe(200);
    expect((await save(one, ines)).status).toBe(200);
    expect(codeOf(await save(view({ name: 'MINE' }), ines))).toBe('ViewNameTaken');
    expect((await save(view({ name: 'Mine' }), tom)).status).toBe(200);
    expect((await listed(ines)).filter(({ name }) => name === 'Mine')).toHaveLength(1);
  });

  test('are counted, and so many that a screen has room for', async () => {
    const { cookie } = await web.signIn('support');
    const first = view();
    await save(first, cookie);
    expect((await query(web, 'support.views.counts', { ids: [first.id] }, { cookie })).data).toEqual({ [first.id]: 0 });
    for (let nth = 1; nth < 40; nth += 1) await save(view(), cookie);
    expect(codeOf(await save(view(), cookie))).toBe('TooManyViews');
    expect((await save({ ...first, name: 'Still mine to change' }, cookie)).status).toBe(200);
  });
});

test('columns and sort are each agent’s own', async () => {
  const read = async (cookie: string) => (await query(web, 'support.preferences.get', undefined, { cookie })).data;
  const usual = { columns: ['number', 'customer', 'needs', 'total', 'age'], sort: '-placed' };
  expect(await read(ines)).toEqual(usual);
  const wanted = { columns: ['total', 'number', 'tags'], sort: 'shipby' };
  await mutate(web, 'support.preferences.save', wanted, { cookie: ines });
  expect(await read(ines)).toEqual(wanted);
  expect(await read(tom)).toEqual(usual);
  const wrong = await mutate(web, 'support.preferences.save', { ...wanted, columns: ['salary'] }, { cookie: ines });
  expect(wrong.status).toBe(400);
});

test('a cursor of another sort is refused', async () => {
  const cursor = { at: '2026-11-01T10:00:00.000Z', orderId: v7(), found: null, instead: null };
  const asked = (sort: string) => query(web, 'support.orders.search', { sort, cursor }, { cookie: ines });
  expect((await asked('-placed')).status).toBe(200);
  expect((await asked('-total')).status).toBe(400);
});
