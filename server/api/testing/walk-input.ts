import type { WalkWorld } from './walk-world.ts';

/** Makes a valid input for a procedure: the permission walk calls it with one as everybody. */
export type WalkInput = (world: WalkWorld) => unknown;

/** By the procedure's name within its role's router, such as `order.addNote`. */
export type WalkInputs = Readonly<Record<string, WalkInput>>;

/** For procedures that take nothing. */
export const nothing: WalkInput = () => undefined;

/** For procedures that take just an order. */
export const justOrder: WalkInput = ({ orderId, link }) => ({ orderId, link });
