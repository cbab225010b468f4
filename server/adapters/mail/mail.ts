import type { MailTemplate } from '#server/processes/effects.ts';
import type { SentVia } from './kept-mails.ts';
import type { Letter } from './letter.ts';

/** A mail to one person. */
export type Mail = {
  /** The same id is the same mail, however often it is given: its Message-ID is made of it. */
  readonly notificationId: string;
  /** Whose data it holds. */
  readonly subjectId: string;
  readonly orderKey: string;
  readonly template: MailTemplate;
  readonly to: string;
  readonly name: string;
  readonly letter: Letter;
};

export type Delivery =
  | { readonly status: 'sent' }
  /** For good: trying again is pointless. `reason` names nobody. */
  | { readonly status: 'refused'; readonly reason: string };

/**
 * Takes mails to where they are sent from. Each promise settles by itself, so that a slow one holds up no other. A throw
 * means that it is not known whether the mail went: it may be given again.
 */
export type Mailer = {
  readonly via: SentVia;
  deliver(mails: readonly Mail[]): readonly Promise<Delivery>[];
  /** Lets go of its connections. */
  close(): void;
};
