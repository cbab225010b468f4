import type { Delivery, Mailer } from './mail.ts';

const sent: Promise<Delivery> = Promise.resolve({ status: 'sent' });

/** Sends nothing: that a mail is kept is all that happens to it. The demo's way. */
export const mailboxOnly: Mailer = {
  via: 'mailbox',
  deliver: (mails) => mails.map(() => sent),
  close: () => undefined,
};
