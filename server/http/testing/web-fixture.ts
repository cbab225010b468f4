import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { users } from '#db/schema/auth-users.ts';
import { products } from '#db/schema/products.ts';
import { warehouses } from '#db/schema/warehouses.ts';
import { createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import type { AccountRole } from '#server/api/access.ts';
import { createAuth } from '#server/auth/auth.ts';
import { allowedOrigins } from '#server/auth/origins.ts';
import { createFindViewer } from '#server/auth/viewer.ts';
import { type Env, readEnv } from '#server/env.ts';
import { createHealth } from '#server/http/health.ts';
import type { WebParts } from '#server/http/web-parts.ts';
import { createWebServer } from '#server/http/web-server.ts';
import { createWebMetrics } from '#server/observability/metrics.ts';
import { createWebRuntime } from '#server/runtime/create-web-runtime.ts';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';

const key = (letter: string): string => Buffer.alloc(32, letter).toString('base64');

export const testEnv = (
  database: TestDatabase,
  port: number,
  isTestMode: boolean,
  more: Readonly<Record<string, string>> = {},
): Env =>
  readEnv({
    NODE_ENV: 'test',
    PORT: String(port),
    APP_DATABASE_URL: database.appUrl,
    WORKER_DATABASE_URL: database.workerUrl,
    WAYBILL_MASTER_KEY: key('m'),
    WAYBILL_COMMAND_HMAC_KEY: key('h'),
    WAYBILL_LINK_KEY: key('l'),
    BETTER_AUTH_SECRET: 'a secret for tests only, of some length',
    GATEWAY_WEBHOOK_SECRET: 'another secret for tests, of some length',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    WAYBILL_TEST_MODE: isTestMode ? '1' : '0',
    ...more,
  });

export type TestWeb = {
  readonly url: string;
  readonly origin: string;
  readonly runtime: WaybillRuntime;
  readonly database: TestDatabase;
  readonly auth: WebParts['auth'];
  /** Signs up an account (a customer), gives it the role, and returns the cookie header of its session. */
  readonly signIn: (role: AccountRole) => Promise<{ readonly id: string; readonly cookie: string }>;
  readonly close: () => Promise<void>;
};

export type TestWebOptions = {
  /** The real limits of sign-in attempts instead of the relaxed ones. */
  readonly strict?: boolean;
  readonly pages?: WebParts['pages'];
  /** Variables beside the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets each line of the log, down to the finest. */
  readonly onLog?: (line: string) => void;
};

const catalog = [
  { sku: 'TEA-POT-08', name: 'Teapot', category: 'Kitchen', subcategory: 'Tea', priceMinor: 4990, hue: 40 },
  { sku: 'BEE-CAN-01', name: 'Beeswax candle', category: 'Home', subcategory: 'Light', priceMinor: 1250, hue: 90 },
];

const furnish = async ({ crud }: WaybillRuntime): Promise<void> => {
  await crud
    .insert(products)
    .values(catalog.map((product, rank) => ({ ...product, rank, description: product.name, weightGrams: 500 })));
  await crud.insert(warehouses).values([
    {
      code: 'OPO',
      city: 'Porto',
      country: 'PT',
      timeZone: 'Europe/Lisbon',
      serves: [
        { country: 'PT', transitDays: 1 },
        { country: 'DE', transitDays: 4 },
      ],
      cutoff: '16:00',
    },
    {
      code: 'RTM',
      city: 'Rotterdam',
      country: 'NL',
      timeZone: 'Europe/Amsterdam',
      serves: [{ country: 'DE', transitDays: 2 }],
      cutoff: '17:00',
    },
  ]);
};

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** A whole web process but Next, on a database of its own with a small catalog. Close it in `afterAll`. */
export const startTestWeb = async (options: TestWebOptions = {}): Promise<TestWeb> => {
  const database = await createTestDatabase();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = testEnv(database, port, !options.strict, options.env);
  const { onLog } = options;
  const log = onLog ? pino({ level: 'trace' }, { write: onLog }) : pino({ level: env.LOG_LEVEL });
  const { runtime, close } = await createWebRuntime(env, log);
  await furnish(runtime);
  const auth = createAuth(env, runtime.crud);
  const health = createHealth(env, runtime.recording);
  const web = createWebServer(
    {
      runtime,
      auth,
      findViewer: createFindViewer(auth, runtime.sql),
      metrics: createWebMetrics(),
      health,
      origins: allowedOrigins(env),
      isHttps: false,
      isDevelopment: false,
      pages: options.pages ?? null,
    },
    server,
  );
  let accounts = 0;
  const signIn: TestWeb['signIn'] = async (role) => {
    accounts += 1;
    const body = { name: `Test ${role}`, email: `${role}-${accounts}@example.test`, password: 'correct horse battery' };
    const response = await auth.handler(
      new Request(`${env.PUBLIC_URL}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: env.PUBLIC_URL },
        body: JSON.stringify(body),
      }),
    );
    if (!response.ok) throw new Error(`Sign-up failed: ${await response.text()}`);
    const { user } = (await response.json()) as { user: { id: string } };
    await runtime.crud.update(users).set({ role }).where(eq(users.id, user.id));
    return { id: user.id, cookie: cookiesOf(response) };
  };
  return {
    url: env.PUBLIC_URL,
    origin: env.PUBLIC_URL,
    runtime,
    database,
    auth,
    signIn,
    close: async () => {
      await web.close();
      await health.close();
      await close();
      await database.drop();
    },
  };
};
