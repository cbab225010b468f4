import type { DomainEvent } from '#domain/events/registry.ts';
import type { Actor, Origin, RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { EncodedEvent } from './codec.ts';
import { EventStoreError } from './errors.ts';

/** What a command led to, as it is stored: no personal data in it. */
export type CommandOutcome =
  | { readonly status: 'accepted' }
  | { readonly status: 'rejected'; readonly rejection: { readonly code: string } & Readonly<Record<string, unknown>> };

export type AppendCommand = {
  readonly commandId: string;
  readonly actor: Actor;
  /** HMAC of the client's body; null for processes and imports, whose ids say all and are kept for ever. */
  readonly bodyHmac: Uint8Array | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly origin: Origin;
  /** Business time, ISO 8601. */
  readonly occurredAt: string;
  readonly outcome: CommandOutcome;
  /** Empty for a no-op or a rejection. */
  readonly events: readonly DomainEvent[];
};

export type ExpectedStream = {
  readonly streamId: StreamId;
  /** 0: it must be new. A stream that events name and that stands in no expectation counts as 'any'. */
  readonly version: number | 'any';
};

/** What is written whole or not at all. Its lock keys follow from the streams that it expects and writes. */
export type AppendUnit = {
  readonly expected: readonly ExpectedStream[];
  /** Usually one; processes put many against one SKU into one unit. */
  readonly commands: readonly AppendCommand[];
  /** The last event that was read for it: the token of a no-op or a rejection. */
  readonly readTo: StorePosition;
  /**
   * The order that was read whole, up to `readTo`: any later event under its key is a conflict, also one of a stream
   * that `expected` can't name because it was born since.
   */
  readonly wholeOrder?: string;
};

export type StoredOutcome = {
  readonly commandId: string;
  readonly outcome: CommandOutcome;
  readonly token: StorePosition;
  readonly events: readonly RecordedEvent<DomainEvent>[];
  /** Whether actor and body are those of the first time; where not, the answer must be refused. */
  readonly sameRequest: boolean;
};

export type AppendOutcome =
  | { readonly status: 'appended'; readonly commands: readonly StoredOutcome[] }
  /** Some command id is already stored: nothing of the unit was written. Those that are stored are given, in order. */
  | { readonly status: 'duplicate'; readonly commands: readonly (StoredOutcome | null)[] }
  | { readonly status: 'conflict'; readonly streamId: StreamId; readonly expected: number; readonly actual: number }
  /** The versions are as expected, but something else happened under the order's key (`wholeOrder`). */
  | { readonly status: 'conflict'; readonly orderKey: string };

/** A unit with its events encoded and its lock keys known. `events` are in the order of the commands. */
export type PreparedUnit = {
  readonly unit: AppendUnit;
  readonly events: readonly (readonly EncodedEvent[])[];
  readonly lockKeys: readonly string[];
  /** What no other unit of the same call may have too: its lock keys, and the ids of its commands (`claimsOf`). */
  readonly claims: readonly string[];
};

const orderPrefix = 'order-';
const inventoryPrefix = 'inventory-';

/**
 * The keys that a unit must hold: the order key for order, payment and fulfillment streams, the stream id for
 * inventory. A payment or fulfillment that is only checked takes the order key that the rest of the unit names.
 */
export const lockKeysOf = (unit: AppendUnit, events: readonly (readonly EncodedEvent[])[]): string[] => {
  const keys = new Set<string>();
  const keyed = new Set<string>();
  for (const ofCommand of events) {
    for (const { streamId, orderKey } of ofCommand) {
      keys.add(orderKey ?? streamId);
      keyed.add(streamId);
    }
  }
  let onlyChecked: StreamId | undefined;
  for (const { streamId } of unit.expected) {
    if (keyed.has(streamId)) continue;
    if (streamId.startsWith(orderPrefix)) keys.add(streamId.slice(orderPrefix.length));
    else if (streamId.startsWith(inventoryPrefix)) keys.add(streamId);
    else onlyChecked ??= streamId;
  }
  if (onlyChecked && [...keys].filter((key) => !key.startsWith(inventoryPrefix)).length !== 1) {
    throw new EventStoreError(
      'NoLockKey',
      `${onlyChecked} is only checked, and the unit does not name the one order that it belongs to.`,
    );
  }
  // A command that read and wrote nothing still excludes its own repetition.
  if (keys.size === 0) for (const { commandId } of unit.commands) keys.add(`command-${commandId}`);
  return [...keys];
};

/** See `PreparedUnit.claims`. */
export const claimsOf = ({ commands }: AppendUnit, lockKeys: readonly string[]): string[] => [
  ...lockKeys,
  ...commands.map(({ commandId }) => `command-${commandId.toLowerCase()}`),
];
