import { parse, v5 } from 'uuid';

/** Fixed for ever: another namespace would give every event another id. */
const namespace = parse('5f3c1f0e-6c1b-4c55-9a5e-1d0d4a8f7b21');

const utf8 = new TextEncoder();

/**
 * The id of a command's `index`th event (from 0): uuidv5, so that a browser's prediction and the record share it, and
 * a retried command gives the same ids.
 */
export const eventIdOf = (commandId: string, index: number): string =>
  // As bytes: the library goes through a text letter by letter.
  v5(utf8.encode(`${commandId}/${index}`), namespace);
