import { EventStoreError } from './errors.ts';

/** The largest event, in bytes of its JSON text in UTF-8. */
export const eventBytesMax = 1_000_000;

const where = (path: readonly (string | number)[]): string => (path.length === 0 ? 'the event' : path.join('.'));

const refuse = (path: readonly (string | number)[], why: string): never => {
  throw new EventStoreError('NotIJson', `Not I-JSON: ${where(path)} ${why}.`);
};

const checkText = (text: string, path: readonly (string | number)[]): void => {
  if (text.includes('\u0000')) refuse(path, 'holds a NUL character');
  if (!text.isWellFormed()) refuse(path, 'holds half of a surrogate pair');
};

// Returns an upper bound of the bytes, so that only events that may be too large are measured exactly.
const walk = (value: unknown, path: (string | number)[]): number => {
  switch (typeof value) {
    case 'string':
      checkText(value, path);
      return 6 * value.length + 3; // a control character is six bytes
    case 'number':
      if (!Number.isInteger(value)) return refuse(path, `is ${value}, not an integer`);
      if (!Number.isSafeInteger(value)) return refuse(path, `is ${value}, beyond safe integers`);
      return 18;
    case 'boolean':
      return 6;
    case 'undefined':
      // As in JSON.stringify: a property without a value is left out. An array has no such gaps.
      return typeof path.at(-1) === 'number' ? refuse(path, 'is undefined') : 0;
    case 'object':
      break;
    default:
      return refuse(path, `is a ${typeof value}`);
  }
  if (value === null) return 5;
  let bytes = 2;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      bytes += walk(value[index], path);
      path.pop();
    }
    return bytes;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return refuse(path, `is a ${value.constructor?.name ?? 'class instance'}, not a plain object`);
  }
  for (const key in value) {
    path.push(key);
    checkText(key, path);
    bytes += 6 * key.length + 4 + walk((value as Record<string, unknown>)[key], path);
    path.pop();
  }
  return bytes;
};

/**
 * Checks that jsonb will give back what it is given: no NUL, no lone surrogate, safe integers only, plain JSON; and
 * that it is not too large. Throws `EventStoreError` NotIJson or EventTooLarge. `what` names it in the message.
 */
export const checkIJson = (value: unknown, what: string): void => {
  if (walk(value, []) <= eventBytesMax) return;
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > eventBytesMax) {
    throw new EventStoreError(
      'EventTooLarge',
      `${what} takes ${bytes} bytes; an event takes at most ${eventBytesMax} (1 MB).`,
    );
  }
};
