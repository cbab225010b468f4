import { z } from 'zod';
import { senderOf, smtpServerOf, smtpSettingsOf } from './adapters/mail/smtp-settings.ts';

const postgresUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    'must be a PostgreSQL address, such as postgres://user:password@host:5432/waybill',
  );

const key32 = z
  .string()
  .refine(
    (text) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length === 32,
    'must be 32 bytes in base64 (make one: openssl rand -base64 32)',
  );

const secret = z.string().min(32, 'must be at least 32 characters long');

/** Without options in the address: what a server's certificate must be is not for the address to say. */
const smtpUrl = z
  .string()
  .refine(
    (text) => smtpServerOf(text) !== null,
    'must be the address of a mail server, such as smtp://user:password@host:587 (smtps:// where TLS begins at once)',
  );

const mailFrom = z
  .string()
  .refine(
    (text) => senderOf(text) !== null,
    'must be a mail address, with a name or without, such as Waybill <orders@shop.example>',
  );

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535, 'must be a port number from 1 to 65535');

/** Elsewhere than at Stripe only on this machine: the secret key goes there. */
const stripeUrl = z
  .string()
  .refine(
    (text) => URL.canParse(text) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(text).hostname),
    'must be an address on this machine (it is for tests), or left out',
  );

const schema = z
  .object({
    NODE_ENV: z
      .enum(['production', 'development', 'test'], 'must be production, development or test')
      .default('production'),
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: port.default(3000),
    /** The address that people type, without a path; by default made of HOST and PORT. */
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an address such as https://shop.example' }).optional(),
    /** The owner's connection: migrations, `db:rebase`. Web and worker don't need it. */
    DATABASE_URL: postgresUrl.optional(),
    APP_DATABASE_URL: postgresUrl,
    WORKER_DATABASE_URL: postgresUrl.optional(),
    WAYBILL_DATA_DIR: z.string().min(1).default('.waybill'),
    /** Wraps the personal-data keys. Lose it, and every person's data is unreadable. */
    WAYBILL_MASTER_KEY: key32,
    WAYBILL_COMMAND_HMAC_KEY: key32,
    /** Signs the links by which guests see their orders. */
    WAYBILL_LINK_KEY: key32,
    BETTER_AUTH_SECRET: secret,
    GATEWAY_WEBHOOK_SECRET: secret,
    /** The embedded database's own folder, to see when its disk is full; not set for a database elsewhere. */
    WAYBILL_DATABASE_FOLDER: z.string().min(1).optional(),
    /**
     * Names the worker to its leases; by default made anew at each start. Only for who sees to it that no two processes
     * of one name run at once: the next one takes over from the last without waiting.
     */
    WAYBILL_WORKER_ID: z.string().min(1).max(200).optional(),
    /** '1' where web, worker and database share their processors, and each leads a session of its own: web goes first. */
    WAYBILL_GIVES_WAY: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
    /** `simulated` moves no money. */
    PAYMENT_GATEWAY: z.enum(['simulated', 'stripe'], 'must be simulated or stripe').default('simulated'),
    STRIPE_SECRET_KEY: z
      .string()
      .regex(/^[sr]k_(test|live)_\w{8,}$/, 'must be a secret or restricted key of Stripe, such as sk_test_…')
      .optional(),
    STRIPE_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_\w{8,}$/, 'must be the signing secret of the webhook at Stripe, such as whsec_…')
      .optional(),
    STRIPE_API_URL: stripeUrl.optional(),
    /** Mails go out by this server. Without it they are kept in the demo's mailbox. */
    SMTP_URL: smtpUrl.optional(),
    MAIL_FROM: mailFrom.optional(),
    LOG_LEVEL: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be one of fatal, error, warn, info, debug, trace, silent',
      )
      .default('info'),
    /** '1' in tests only: rate limits are relaxed, and consistency tokens can be switched off. */
    WAYBILL_TEST_MODE: z.enum(['0', '1'], 'must be 0 or 1').default('0'),
  })
  .transform(({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_API_URL, SMTP_URL, MAIL_FROM, ...env }) => ({
    ...env,
    /** Null: no mail is sent, all are kept in the mailbox. */
    smtp: smtpSettingsOf(SMTP_URL, MAIL_FROM),
    /** Null: the simulated gateway takes the payments. */
    stripe:
      env.PAYMENT_GATEWAY === 'stripe' && STRIPE_SECRET_KEY && STRIPE_WEBHOOK_SECRET
        ? { secretKey: STRIPE_SECRET_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET, apiUrl: STRIPE_API_URL }
        : null,
    PUBLIC_URL: env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
    WORKER_DATABASE_URL: env.WORKER_DATABASE_URL ?? env.APP_DATABASE_URL,
    isTestMode: env.WAYBILL_TEST_MODE === '1',
  }));

/** The validated environment. Keys are base64 text; decode with `Buffer.from(key, 'base64')`. */
export type Env = Readonly<z.output<typeof schema>>;

/** The environment is unusable; `problems` has one line per variable, each in plain words. */
export class EnvError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The environment has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n` +
        problems.map((problem) => `  - ${problem}`).join('\n'),
    );
    this.name = 'EnvError';
    this.problems = problems;
  }
}

/** What the choice of Stripe needs beside; a rule over several variables would be checked only when each is right. */
const missingForStripe = (given: NodeJS.Dict<string>): readonly string[] =>
  given.PAYMENT_GATEWAY === 'stripe'
    ? ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']
        .filter((name) => given[name] === undefined)
        .map((name) => `${name} is missing, which PAYMENT_GATEWAY=stripe needs`)
    : [];

/** What a mail server in the environment needs beside. */
const missingForSmtp = (given: NodeJS.Dict<string>): readonly string[] =>
  given.SMTP_URL !== undefined && given.MAIL_FROM === undefined ? ['MAIL_FROM is missing, which SMTP_URL needs'] : [];

/**
 * Reads and checks the whole environment: the only reader of `process.env` in server code. Empty counts as unset.
 * Throws `EnvError` with every problem at once. Never prints a value: most are secrets.
 */
export const readEnv = (source: NodeJS.ProcessEnv = process.env): Env => {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(given);
  const missing = [...missingForStripe(given), ...missingForSmtp(given)];
  if (result.success && missing.length === 0) return result.data;
  const problems = (result.error?.issues ?? []).map((issue) => {
    const name = issue.path.join('.');
    return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
  });
  throw new EnvError([...new Set([...problems, ...missing])]);
};
