/**
 * Bugs and infrastructure, never decisions: a caller can't mend them by deciding again. `code` names the kind.
 * What belongs to one unit of an append is an `AppendOutcome`, not one of these.
 */
export class EventStoreError extends Error {
  readonly code:
    | 'InvalidEvent' // the registry's schema refuses it
    | 'NotIJson' // NUL, lone surrogate, float, unsafe integer, something that JSON doesn't have
    | 'EventTooLarge'
    | 'UnknownEventType'
    | 'NoLockKey' // a unit's lock keys don't follow from its streams and events
    | 'TooManyLockKeys'
    | 'CommandTwice' // in one unit
    | 'Unsettled' // its appends meet a conflict that reading the order again doesn't show, or that never ends
    | 'IdentityMismatch' // restored, recovered or failed over: `npm run db:rebase`
    | 'ReadOnlyServer' // a standby
    | 'KeyMissing' // an envelope names a key that was never stored
    | 'Undecryptable' // another master key, or a changed envelope
    | 'Gap'; // a stream's versions aren't contiguous in store order

  constructor(code: EventStoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EventStoreError';
    this.code = code;
  }
}

/** These are of one command, whose events can't be stored; the others (a foreign cluster, a standby) are of the store. */
const ofTheCommand: readonly EventStoreError['code'][] = [
  'InvalidEvent',
  'NotIJson',
  'EventTooLarge',
  'UnknownEventType',
  'NoLockKey',
  'Unsettled',
];

/** Whether it would fail again however often it is tried, and says nothing of anybody else's command. */
export const isOfTheCommand = (error: unknown): error is EventStoreError =>
  error instanceof EventStoreError && ofTheCommand.includes(error.code);
