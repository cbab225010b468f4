import type { Carrier } from '#server/adapters/carrier.ts';
import { amendment } from './amendment.ts';
import { cancellation } from './cancellation.ts';
import { carrierOf } from './carrier.ts';
import { checkout } from './checkout.ts';
import type { Process } from './define-process.ts';
import { expiry } from './expiry.ts';
import { gatewayCalls } from './gateway-calls.ts';
import { notifications } from './notifications.ts';
import { returns } from './returns.ts';
import { shipping } from './shipping.ts';

/** A process whose state the runner keeps without looking into it. */
export type AnyProcess = Process<unknown>;

/** Lets the runner hold processes of different states in one list: it gives each only what that one returned. */
const opaque = <State>(process: Process<State>): AnyProcess => ({
  ...process,
  react: (state, recorded) => process.react(state as State, recorded),
});

/** Every process manager of the house. */
export const allProcesses = (carrier: Carrier): readonly AnyProcess[] => [
  opaque(checkout),
  opaque(amendment),
  opaque(returns),
  opaque(shipping),
  opaque(cancellation),
  opaque(expiry),
  opaque(gatewayCalls),
  opaque(notifications),
  opaque(carrierOf(carrier)),
];
