import type { MailTemplate } from '#server/processes/effects.ts';

/** A mail to one person. */
export type Mail = {
  /** The same id is the same mail: sent once, however often it is given. */
  readonly messageId: string;
  /** Whose data it holds. */
  readonly subjectId: string;
  readonly orderKey: string;
  readonly template: MailTemplate;
  readonly to: string;
  readonly name: string;
  readonly subject: string;
  readonly text: string;
};

/** Sends mails, many at once. Throws when it is not known whether they went; they may be given again. */
export type Mailer = { send(mails: readonly Mail[]): Promise<void> };
