import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { accounts } from '#db/schema/auth-accounts.ts';
import { sessions } from '#db/schema/auth-sessions.ts';
import { users } from '#db/schema/auth-users.ts';
import { verifications } from '#db/schema/auth-verifications.ts';
import { customers } from '#db/schema/customers.ts';
import type { Env } from '#server/env.ts';
import { allowedOrigins } from './origins.ts';

const dayS = 24 * 60 * 60;

/** What the sign-up form and the seed must keep to. */
export const passwordLengthMin = 10;

/**
 * Accounts and sessions in Postgres: mail and password (scrypt), cookies HttpOnly and SameSite=Lax, Secure when the
 * public address is https. Whoever signs up becomes a customer; no client can set a role.
 */
export const createAuth = (env: Env, crud: PostgresJsDatabase) =>
  betterAuth({
    appName: 'Waybill',
    baseURL: env.PUBLIC_URL,
    basePath: '/api/auth',
    secret: env.BETTER_AUTH_SECRET,
    trustedOrigins: [...allowedOrigins(env)],
    database: drizzleAdapter(crud, {
      provider: 'pg',
      schema: { user: users, session: sessions, account: accounts, verification: verifications },
    }),
    emailAndPassword: { enabled: true, minPasswordLength: passwordLengthMin, maxPasswordLength: 200 },
    user: { additionalFields: { role: { type: 'string', required: true, defaultValue: 'customer', input: false } } },
    session: { expiresIn: 14 * dayS, updateAge: dayS },
    databaseHooks: {
      user: {
        create: {
          after: async (user) => {
            await crud.insert(customers).values({ id: user.id }).onConflictDoNothing();
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'waybill',
      useSecureCookies: env.PUBLIC_URL.startsWith('https:'),
      // Our own server says who is calling, and overwrites what a client claims.
      ipAddress: { ipAddressHeaders: ['x-waybill-client-address'] },
    },
    // Ours counts by person and address, over all web processes (server/auth/attempts.ts).
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
  });

export type Auth = ReturnType<typeof createAuth>;
