import { z } from 'zod';

/** What is left of a personal field when its subject's key has been destroyed. */
export const erasedSchema = z.strictObject({ erased: z.literal(true) });
export type Erased = z.infer<typeof erasedSchema>;
export const erased: Erased = { erased: true };

/** A personal field's value, or `Erased`: every upcaster, fold and screen handles both. */
export type Personal<T> = T | Erased;

export const isErased = (value: unknown): value is Erased =>
  typeof value === 'object' && value !== null && 'erased' in value && value.erased === true;

/** Marks which schemas are personal; the codec finds them here and encrypts them. */
export const personalFields = z.registry<{ readonly personal: true }>();

/**
 * Marks a field as personal. It is stored as an envelope, encrypted with the key of the event's `subjectId`
 * (design, section 4). The event that holds it must have a top-level `subjectId`.
 */
export const personal = <Schema extends z.ZodType>(schema: Schema) => {
  const marked = z.union([schema, erasedSchema]);
  personalFields.add(marked, { personal: true });
  return marked;
};

/** Shows a personal value, or the word that stands for an erased one. */
export const revealed = <T, R>(value: Personal<T>, show: (present: T) => R, whenErased: R): R =>
  isErased(value) ? whenErased : show(value as T);
