import {
  BrokenCircuitError,
  CircuitState,
  CountBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleType,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
} from 'cockatiel';
import { GatewayCircuitOpen, GatewayUnavailable, type PaymentGateway } from './payment-gateway.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** How a worker's way to the gateway stands. */
export type BreakerStatus = {
  readonly state: BreakerState;
  /** When it went into this state. */
  readonly since: Date;
  /** Before then nothing is sent; null while closed. */
  readonly retryAt: Date | null;
  /** Why it was opened last; null while closed. */
  readonly reason: string | null;
};

export type ResilientGatewayOptions = {
  /** The longest that one attempt may take. Two attempts and an inquiry must fit into the lease of an effect. */
  readonly attemptMs?: number;
  /** The pause before the one retry. */
  readonly pauseMs?: number;
  readonly onChange?: (status: BreakerStatus) => void;
};

export type ResilientGateway = { readonly gateway: PaymentGateway; readonly status: () => BreakerStatus };

/** Of the last so many calls … */
const callsSampled = 20;
/** … when at least so many are known … */
const callsLeast = 10;
/** … this share must fail to open the circuit. */
const failingShare = 0.5;
const openLeastMs = 1_000;
const openMostMs = 60_000;
/** While one call tries whether the gateway is well again, the others come back this much later. */
const whileTryingMs = 1_000;

const states = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
} as const satisfies Record<CircuitState, BreakerState>;

/**
 * Puts patience around a gateway: each attempt is cut off in time, one that failed is made once more with the same
 * key, and a gateway that keeps failing is left alone for ever longer (a second to a minute) and then tried with a
 * single call. What it answers, refusals too, counts as working.
 */
export const resilientGateway = (inner: PaymentGateway, options: ResilientGatewayOptions = {}): ResilientGateway => {
  const { attemptMs = 6_000, pauseMs = 250, onChange } = options;
  let since = new Date();
  let openUntil = 0;
  const breaker = circuitBreaker(handleType(GatewayUnavailable), {
    breaker: new CountBreaker({ threshold: failingShare, size: callsSampled, minimumNumberOfCalls: callsLeast }),
    halfOpenAfter: new DelegateBackoff(({ attempt }) => {
      const ms = Math.min(openMostMs, openLeastMs * 2 ** (attempt - 1));
      openUntil = Date.now() + ms;
      return ms;
    }),
  });
  const inTime = timeout(attemptMs, TimeoutStrategy.Aggressive);
  const oneRetry = retry(handleType(GatewayUnavailable), {
    maxAttempts: 1,
    backoff: new DelegateBackoff(() => pauseMs),
  });

  const status = (): BreakerStatus => {
    const state = states[breaker.state];
    if (state === 'closed') return { state, since, retryAt: null, reason: null };
    const failure = breaker.lastFailure;
    const reason = failure && 'error' in failure && failure.error instanceof Error ? failure.error.message : null;
    return { state, since, retryAt: new Date(openUntil), reason };
  };
  breaker.onStateChange(() => {
    since = new Date();
    onChange?.(status());
  });

  const attempt = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    // Waiting for the one that tries would use up the caller's time.
    if (breaker.state === CircuitState.HalfOpen) throw new GatewayCircuitOpen(new Date(Date.now() + whileTryingMs));
    try {
      return await breaker.execute(async () => {
        try {
          return await inTime.execute(call);
        } catch (error) {
          if (!(error instanceof TaskCancelledError)) throw error;
          throw new GatewayUnavailable(`The gateway did not answer within ${attemptMs} ms.`, { cause: error });
        }
      });
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new GatewayCircuitOpen(new Date(openUntil));
      throw error;
    }
  };

  const patiently = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    let sent: GatewayUnavailable | null = null;
    return oneRetry.execute(async () => {
      try {
        return await attempt(call);
      } catch (error) {
        if (error instanceof GatewayUnavailable) sent = error;
        // The first attempt may count, though the circuit was opened before the second: that must stay known.
        if (error instanceof GatewayCircuitOpen && sent) throw sent;
        throw error;
      }
    });
  };

  return {
    status,
    gateway: {
      authorize: (call) => patiently(() => inner.authorize(call)),
      capture: (call) => patiently(() => inner.capture(call)),
      void: (call) => patiently(() => inner.void(call)),
      refund: (call) => patiently(() => inner.refund(call)),
      inquire: (question) => patiently(() => inner.inquire(question)),
    },
  };
};
