import { TRPCError } from '@trpc/server';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';
import type { AccessRule } from './access.ts';
import type { ApiContext } from './context.ts';
import { RefusalCause } from './refusal.ts';
import { appRouter } from './router.ts';
import { walkInputs } from './testing/walk-inputs.ts';
import { makeWorld, type Persona, personas, type WalkObject, type World } from './testing/walk-world.ts';
import { type ApiMeta, bareProcedure, createCallerFactory, router } from './trpc.ts';

type Walked = {
  readonly path: string;
  readonly meta: ApiMeta | undefined;
  readonly inputs: readonly unknown[];
};

const walked: readonly Walked[] = Object.entries(appRouter._def.procedures).map(([path, procedure]) => ({
  path,
  meta: (procedure as unknown as { _def: { meta?: ApiMeta } })._def.meta,
  inputs: (procedure as unknown as { _def: { inputs: unknown[] } })._def.inputs,
}));

let web: TestWeb;
let world: World;
beforeAll(async () => {
  web = await startTestWeb();
  world = await makeWorld(web);
});
afterAll(() => web.close());

const contextOf = (persona: Persona): ApiContext => ({
  requestId: 'walk',
  runtime: web.runtime,
  log: pino({ level: 'silent' }),
  viewer: persona === 'nobody' || persona === 'guest with link' ? null : world.viewers[persona],
  token: null,
  reportFreshness: () => undefined,
});

type Procedure = (input: unknown) => Promise<unknown>;

/** How far somebody gets: `in`, or the code by which they are kept out. */
const tryAs = async (path: string, persona: Persona, object: WalkObject): Promise<string> => {
  const given = AbortSignal.abort();
  const caller = createCallerFactory(appRouter)(contextOf(persona), { signal: given });
  const procedure = path
    .split('.')
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], caller) as Procedure;
  const input = walkInputs[path]?.(world.at(persona, object));
  try {
    await procedure(input);
    return 'in';
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    // A refusal is the domain's answer to somebody who was let in.
    if (error.cause instanceof RefusalCause) return 'in';
    return error.code;
  }
};

/** What the rule means for each, written down again and not derived from the code under test. */
const expected = (rule: AccessRule, persona: Persona, object: WalkObject): string => {
  const isSignedIn = persona !== 'nobody' && persona !== 'guest with link';
  const role = persona === 'other customer' ? 'customer' : persona;
  switch (rule.to) {
    case 'anyone':
      return 'in';
    case 'account':
      return isSignedIn ? 'in' : 'UNAUTHORIZED';
    case 'roles':
      if (!isSignedIn) return 'UNAUTHORIZED';
      return (rule.roles as readonly string[]).includes(role) ? 'in' : 'FORBIDDEN';
    case 'order':
      if ((rule.staff as readonly string[]).includes(role)) return 'in';
      if (persona === 'guest with link') return object === 'guest' ? 'in' : 'UNAUTHORIZED';
      if (!isSignedIn) return 'UNAUTHORIZED';
      if (role !== 'customer') return 'FORBIDDEN';
      return persona === 'customer' && object === 'own' ? 'in' : 'NOT_FOUND';
  }
};

// A thing that isn't there is told to those who were let in; for an order's own procedures it would hide a mistake.
const isIn = (rule: AccessRule, outcome: string): boolean =>
  outcome === 'in' || (rule.to !== 'order' && outcome === 'NOT_FOUND');

test('the router is walked whole', () => {
  expect(walked.length).toBeGreaterThan(10);
});

test('no input of the walk is for a procedure that is gone', () => {
  expect(Object.keys(walkInputs).filter((path) => !(path in appRouter._def.procedures))).toEqual([]);
});

describe.each(walked)('$path', ({ path, meta, inputs }) => {
  test('declares who may call it', () => {
    expect(meta?.access, `${path}: start it from a builder of procedures.ts`).toBeDefined();
  });

  test('has an input for the walk', () => {
    expect(walkInputs[path], `${path}: add it to its role's walk-inputs.ts`).toBeDefined();
  });

  test('takes no field that it doesn’t know', () => {
    for (const input of inputs) {
      const valid = walkInputs[path]?.(world.at('nobody', 'own'));
      const parsed = (input as z.ZodType).safeParse({ ...(valid as object), unknownToIt: 1 });
      expect(parsed.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
    }
  });

  test.each(personas)('lets %s get as far as its rule says', async (persona) => {
    const rule = meta?.access;
    if (!rule) throw new Error(`${path} declares no rule`);
    const objects: readonly WalkObject[] = rule.to === 'order' ? ['own', 'guest'] : ['own'];
    for (const object of objects) {
      const outcome = await tryAs(path, persona, object);
      const wanted = expected(rule, persona, object);
      const got = wanted === 'in' && isIn(rule, outcome) ? 'in' : outcome;
      expect(`${object}: ${got}`).toBe(`${object}: ${wanted}`);
    }
  });
});

test('a procedure without a rule refuses everybody, the administrator too', async () => {
  const planted = router({ secret: bareProcedure.query(() => 'secret') });
  const call = createCallerFactory(planted)(contextOf('admin')).secret();
  await expect(call).rejects.toMatchObject({
    code: 'INTERNAL_SERVER_ERROR',
    message: 'secret declares no access rule',
  });
});
