import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { attempts } from '#db/schema/auth-attempts.ts';

/** How many attempts a minute. */
export type AttemptLimits = { readonly perPersonAndAddress: number; readonly perAddress: number };

/** The test mode lifts the limits by number only: the same code runs. */
export const attemptLimits = (isTestMode: boolean): AttemptLimits =>
  isTestMode ? { perPersonAndAddress: 1_000, perAddress: 10_000 } : { perPersonAndAddress: 10, perAddress: 60 };

// Hashed, so that the table holds no mail or network address.
const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64url');

const countAttempt = async (crud: PostgresJsDatabase, key: string): Promise<number> => {
  const over = sql`${attempts.windowBeganAt} < now() - interval '1 minute'`;
  const [row] = await crud
    .insert(attempts)
    .values({ key, windowBeganAt: sql`now()`, count: 1 })
    .onConflictDoUpdate({
      target: attempts.key,
      set: {
        windowBeganAt: sql`case when ${over} then now() else ${attempts.windowBeganAt} end`,
        count: sql`case when ${over} then 1 else ${attempts.count} + 1 end`,
      },
    })
    .returning({ count: attempts.count });
  return row?.count ?? 1;
};

/**
 * Counts an attempt to sign in or up; false when there were too many within the minute. By person and address, so
 * that nobody can lock another out, and by address alone against trying one password on many people.
 */
export const mayAttempt = async (
  crud: PostgresJsDatabase,
  limits: AttemptLimits,
  attempt: { readonly path: string; readonly address: string; readonly email: string },
): Promise<boolean> => {
  const byPerson = await countAttempt(crud, keyOf(attempt.path, attempt.address, attempt.email.trim().toLowerCase()));
  if (byPerson > limits.perPersonAndAddress) return false;
  return (await countAttempt(crud, keyOf(attempt.path, attempt.address))) <= limits.perAddress;
};

/** Forgets windows that are over. Called now and then by the web process. */
export const forgetOldAttempts = async (crud: PostgresJsDatabase): Promise<void> => {
  await crud.delete(attempts).where(sql`${attempts.windowBeganAt} < now() - interval '10 minutes'`);
};
