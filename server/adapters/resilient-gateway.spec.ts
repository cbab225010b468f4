import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  type AuthorizeCall,
  type GatewayAnswer,
  GatewayCircuitOpen,
  GatewayUnavailable,
  type PaymentGateway,
} from './payment-gateway.ts';
import { type BreakerStatus, resilientGateway } from './resilient-gateway.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-01T10:00:00.000Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const call: AuthorizeCall = {
  idempotencyKey: 'authorize:1',
  reference: { orderId: 'o', paymentId: 'p', correlationId: 'c' },
  token: 'tok',
  amountMinor: 100,
  currency: 'EUR',
};
const accepted: GatewayAnswer = { status: 'accepted' };
const down = new GatewayUnavailable('down');

/** A gateway that answers as the test says, and the keys that it was called with. */
const scripted = () => {
  const keys: string[] = [];
  const script = { answer: (): Promise<GatewayAnswer> => Promise.resolve(accepted) };
  const money = (made: { readonly idempotencyKey: string }): Promise<GatewayAnswer> => {
    keys.push(made.idempotencyKey);
    return script.answer();
  };
  const gateway: PaymentGateway = {
    ...{ authorize: money, capture: money, void: money, refund: money },
    inquire: () => Promise.resolve({ status: 'unknown' }),
  };
  return { gateway, keys, script };
};

const open = () => {
  const { gateway: inner, keys, script } = scripted();
  const changes: BreakerStatus[] = [];
  const { gateway, status } = resilientGateway(inner, {
    attemptMs: 1_000,
    pauseMs: 100,
    onChange: (change) => changes.push(change),
  });
  /** What becomes of a call, with all pauses and time-outs passed. */
  const make = async (): Promise<GatewayAnswer | string> => {
    const made = gateway.authorize(call).catch((error: Error) => error.name);
    await vi.advanceTimersByTimeAsync(3_000);
    return made;
  };
  const fail = async (times: number) => {
    script.answer = () => Promise.reject(down);
    for (let time = 0; time < times; time += 1) await make();
  };
  return { gateway, keys, script, status, changes, make, fail };
};

test('a call that failed is made once more, with the same key', async () => {
  const { script, keys, make } = open();
  script.answer = () => (keys.length === 1 ? Promise.reject(down) : Promise.resolve(accepted));
  expect(await make()).toEqual(accepted);
  expect(keys).toEqual(['authorize:1', 'authorize:1']);
});

test('a call that nobody answers is cut off, and its outcome is unknown', async () => {
  const { script, keys, make } = open();
  script.answer = () => new Promise(() => undefined);
  expect(await make()).toBe('GatewayUnavailable');
  expect(keys).toHaveLength(2);
});

test('a bug is thrown on at once, and is not the gateway’s fault', async () => {
  const { script, keys, make, status } = open();
  script.answer = () => Promise.reject(new TypeError('a bug'));
  for (let time = 0; time < 30; time += 1) expect(await make()).toBe('TypeError');
  expect(keys).toHaveLength(30);
  expect(status().state).toBe('closed');
});

test('refusals are answers: they open nothing', async () => {
  const { script, make, status } = open();
  script.answer = () => Promise.resolve({ status: 'refused', code: 'no' });
  for (let time = 0; time < 30; time += 1) await make();
  expect(status()).toMatchObject({ state: 'closed', retryAt: null, reason: null });
});

describe('a gateway that keeps failing', () => {
  /** Makes calls that fail until the circuit is open. */
  const opened = async () => {
    const all = open();
    await all.fail(4);
    expect(all.status().state).toBe('closed');
    const last = all.gateway.authorize(call).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(100);
    expect(await last).toBe(down);
    all.keys.length = 0;
    return all;
  };

  test('is left alone, with a word on when it will be tried again, and why', async () => {
    const { gateway, keys, status } = await opened();
    const retryAt = new Date(Date.now() + 1_000);
    expect(status()).toEqual({ state: 'open', since: new Date(), retryAt, reason: 'down' });
    const refused = await gateway.authorize(call).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(GatewayCircuitOpen);
    expect(refused).toMatchObject({ retryAt });
    expect(keys).toEqual([]);
  });

  test('is tried with a single call when its time has come; that one’s success lets all through again', async () => {
    const { gateway, keys, script, status, changes } = await opened();
    await vi.advanceTimersByTimeAsync(1_000);
    let answer = (_answer: GatewayAnswer): void => undefined;
    script.answer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const trying = gateway.authorize(call);
    const others = await Promise.allSettled([gateway.authorize(call), gateway.authorize(call)]);
    expect(others.map((other) => other.status === 'rejected' && other.reason.name)).toEqual([
      'GatewayCircuitOpen',
      'GatewayCircuitOpen',
    ]);
    expect(keys).toHaveLength(1);
    answer(accepted);
    expect(await trying).toEqual(accepted);
    expect(status().state).toBe('closed');
    expect(changes.map(({ state }) => state)).toEqual(['open', 'half-open', 'closed']);
  });

  test('is left alone for twice as long each time that it fails again, up to a minute', async () => {
    const { gateway, status } = await opened();
    const pauses: number[] = [];
    for (let time = 0; time < 8; time += 1) {
      await vi.advanceTimersByTimeAsync(Number(status().retryAt) - Date.now());
      const made = gateway.authorize(call).catch(() => undefined);
      await vi.advanceTimersByTimeAsync(0);
      pauses.push(Number(status().retryAt) - Date.now());
      await vi.advanceTimersByTimeAsync(100);
      await made;
    }
    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000));
  });

  test('does not hide that a call was sent: when the circuit opens before its retry, its outcome is unknown', async () => {
    const { script, keys, make, fail, status } = open();
    await fail(4);
    // One that fails, and its retry that does not: the next failure opens the circuit.
    keys.length = 0;
    script.answer = () => (keys.length === 1 ? Promise.reject(down) : Promise.resolve(accepted));
    await make();
    keys.length = 0;
    script.answer = () => Promise.reject(down);
    expect(await make()).toBe('GatewayUnavailable');
    expect(status().state).toBe('open');
    expect(keys).toHaveLength(1);
  });
});
