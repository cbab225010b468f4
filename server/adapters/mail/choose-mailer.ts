import type { Env } from '#server/env.ts';
import type { Mailer } from './mail.ts';
import { mailboxOnly } from './mailbox-only.ts';
import { createSmtpMailer } from './smtp-mailer.ts';

/**
 * By the mail server of the environment; without one, mails are kept instead of being sent. So are those of tests, which
 * write to addresses that somebody may have.
 */
export const chooseMailer = (env: Pick<Env, 'smtp' | 'isTestMode'>): Mailer =>
  env.smtp && !env.isTestMode ? createSmtpMailer(env.smtp) : mailboxOnly;
