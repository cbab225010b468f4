import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { EnvError, readEnv } from './env.ts';

const key = randomBytes(32).toString('base64');

const complete = {
  NODE_ENV: 'production',
  APP_DATABASE_URL: 'postgres://app:secret@127.0.0.1:5432/waybill',
  WAYBILL_MASTER_KEY: key,
  WAYBILL_COMMAND_HMAC_KEY: key,
  WAYBILL_LINK_KEY: key,
  BETTER_AUTH_SECRET: 'a secret of more than thirty-two characters',
  GATEWAY_WEBHOOK_SECRET: 'another one of more than thirty-two letters',
} as const;

const problemsOf = (source: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
  return [];
};

test('fills in what may be left out', () => {
  expect(readEnv(complete)).toMatchObject({
    HOST: '127.0.0.1',
    PORT: 3000,
    PUBLIC_URL: 'http://127.0.0.1:3000',
    WORKER_DATABASE_URL: complete.APP_DATABASE_URL,
    isTestMode: false,
  });
});

test('lists everything that is missing or wrong at once, in plain words', () => {
  expect(
    problemsOf({
      NODE_ENV: 'production',
      PORT: '99999',
      APP_DATABASE_URL: 'mysql://x',
      WAYBILL_MASTER_KEY: 'short',
      LOG_LEVEL: '',
    }),
  ).toEqual([
    'PORT must be a port number from 1 to 65535',
    'APP_DATABASE_URL must be a PostgreSQL address, such as postgres://user:password@host:5432/waybill',
    'WAYBILL_MASTER_KEY must be 32 bytes in base64 (make one: openssl rand -base64 32)',
    'WAYBILL_COMMAND_HMAC_KEY is missing',
    'WAYBILL_LINK_KEY is missing',
    'BETTER_AUTH_SECRET is missing',
    'GATEWAY_WEBHOOK_SECRET is missing',
  ]);
});

test('never prints a value, since most are secrets', () => {
  const message = String(
    new EnvError(problemsOf({ ...complete, BETTER_AUTH_SECRET: 'hunter2', WAYBILL_LINK_KEY: 'hunter3' })),
  );
  expect(message).not.toContain('hunter');
});

const stripe = {
  PAYMENT_GATEWAY: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_12345678',
  STRIPE_WEBHOOK_SECRET: 'whsec_12345678',
} as const;

test('takes payments by the simulated gateway, unless Stripe is chosen', () => {
  expect(readEnv({ ...complete, STRIPE_SECRET_KEY: 'sk_test_12345678' }).stripe).toBeNull();
  expect(readEnv({ ...complete, ...stripe }).stripe).toEqual({
    secretKey: 'sk_test_12345678',
    webhookSecret: 'whsec_12345678',
    apiUrl: undefined,
  });
});

test('says all that Stripe lacks, together with what else is wrong', () => {
  expect(problemsOf({ ...complete, PORT: 'x', PAYMENT_GATEWAY: 'stripe' })).toEqual([
    'PORT must be a port number',
    'STRIPE_SECRET_KEY is missing, which PAYMENT_GATEWAY=stripe needs',
    'STRIPE_WEBHOOK_SECRET is missing, which PAYMENT_GATEWAY=stripe needs',
  ]);
  expect(problemsOf({ ...complete, ...stripe, STRIPE_SECRET_KEY: 'pk_test_12345678' })).toEqual([
    'STRIPE_SECRET_KEY must be a secret or restricted key of Stripe, such as sk_test_…',
  ]);
});

test('sends the secret key to Stripe, or to a server on this machine, and nowhere else', () => {
  expect(readEnv({ ...complete, ...stripe, STRIPE_API_URL: 'http://127.0.0.1:4242' }).stripe?.apiUrl).toContain('4242');
  expect(problemsOf({ ...complete, ...stripe, STRIPE_API_URL: 'https://evil.example' })).toEqual([
    'STRIPE_API_URL must be an address on this machine (it is for tests), or left out',
  ]);
});

test('keeps mails in the mailbox, unless a mail server is given', () => {
  expect(readEnv({ ...complete, MAIL_FROM: 'orders@shop.example' }).smtp).toBeNull();
  const smtp = { SMTP_URL: 'smtps://ana:secret@mail.example', MAIL_FROM: 'Waybill <orders@shop.example>' };
  expect(readEnv({ ...complete, ...smtp }).smtp).toEqual({
    host: 'mail.example',
    port: 465,
    secure: true,
    auth: { user: 'ana', pass: 'secret' },
    from: { name: 'Waybill', address: 'orders@shop.example' },
  });
});

test('says what is wrong with the mail server, together with what else is wrong', () => {
  expect(problemsOf({ ...complete, PORT: 'x', SMTP_URL: 'mail.example' })).toEqual([
    'PORT must be a port number',
    'SMTP_URL must be the address of a mail server, such as smtp://user:password@host:587 (smtps:// where TLS begins at once)',
    'MAIL_FROM is missing, which SMTP_URL needs',
  ]);
  expect(problemsOf({ ...complete, SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'nobody' })).toEqual([
    'MAIL_FROM must be a mail address, with a name or without, such as Waybill <orders@shop.example>',
  ]);
});
