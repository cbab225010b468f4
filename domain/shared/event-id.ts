import { createUuidV5 } from '#domain/shared/uuid-v5.ts';

/** Fixed for ever: another namespace would give every event another id. */
const uuidV5 = createUuidV5('5f3c1f0e-6c1b-4c55-9a5e-1d0d4a8f7b21');

/**
 * The id of a command's `index`th event (from 0): uuidv5, so that a browser's prediction and the record share it, and
 * a retried command gives the same ids.
 */
export const eventIdOf = (commandId: string, index: number): string => uuidV5(`${commandId}/${index}`);
