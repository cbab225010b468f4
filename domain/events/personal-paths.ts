import { z } from 'zod';
import { personalFields } from '../shared/personal.ts';

const walk = (schema: z.ZodType, path: readonly string[]): string[][] => {
  if (personalFields.has(schema)) return [[...path]];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([key, child]) =>
      walk(child, [...path, key]),
    );
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return walk(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodArray && walk(schema.element as z.ZodType, []).length > 0)
    // An index is no stable path; give the person's data a field of its own instead.
    throw new Error(`Personal fields inside an array are not supported, at ${path.join('.')}`);
  return [];
};

/** Where an event's personal fields are. Throws when there are some, but no top-level `subjectId` whose key hides them. */
export const personalPathsOf = (schema: z.ZodType): readonly (readonly string[])[] => {
  const paths = walk(schema, []);
  if (paths.length > 0 && !(schema instanceof z.ZodObject && 'subjectId' in schema.shape))
    throw new Error(`Personal fields ${paths.map((path) => path.join('.')).join(', ')} without a subjectId`);
  return paths;
};
