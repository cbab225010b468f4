import { createUuidV5 } from '#domain/shared/uuid-v5.ts';

/** Made once for Waybill. Changing it would make every redelivered command a new one. */
const uuidV5 = createUuidV5('6f0a4f0e-3b0f-5c57-9d1c-2a7f1d9a8e11');

/**
 * An id that follows from what it is for: the same parts give the same uuidv5, whoever asks and however often.
 * Parts are joined by a byte that can't stand in them, so that ('a', 'bc') and ('ab', 'c') differ.
 */
export const derivedId = (...parts: readonly string[]): string => uuidV5(parts.join('\u001f'));
