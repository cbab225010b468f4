import type { Database } from '#db/clients.ts';
import { type KeptMail, readKeptMails, type SentVia } from '#server/adapters/mail/kept-mails.ts';
import type { Mail } from '#server/adapters/mail/mail.ts';
import { renderHtml } from '#server/adapters/mail/render-html.ts';
import { createSubjectKeys, type SubjectKeys } from '#server/event-store/subject-keys.ts';

type Reader = { readonly sql: Database; readonly env: { readonly WAYBILL_MASTER_KEY: string } };

const keysOf = new WeakMap<Database, SubjectKeys>();

const subjectKeys = ({ sql, env }: Reader): SubjectKeys => {
  const known = keysOf.get(sql);
  if (known) return known;
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  keysOf.set(sql, keys);
  return keys;
};

export type ShownMail = {
  readonly notificationId: string;
  readonly orderId: string;
  readonly template: Mail['template'];
  /** ISO 8601. */
  readonly sentAt: string;
  /** `mailbox`: kept instead of being sent. */
  readonly via: SentVia;
  /** Null once the person has been erased. `html`: null in mails of earlier releases. */
  readonly content:
    | (Pick<Mail, 'to' | 'name'> & { readonly subject: string; readonly text: string; readonly html: string | null })
    | null;
};

/** The path of an address, which leads to this shop wherever the mail was written. */
const pathOf = (url: string): string => {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
};

const contentOf = (content: KeptMail['content']): ShownMail['content'] => {
  if (!content) return null;
  const { to, name, subject, text, letter } = content;
  const html = letter && renderHtml({ ...letter, action: { ...letter.action, url: pathOf(letter.action.url) } });
  return { to, name, subject, text, html };
};

const shown = ({ notificationId, orderKey, template, sentAt, via, content }: KeptMail): ShownMail => ({
  notificationId,
  orderId: orderKey,
  template,
  sentAt: sentAt.toISOString(),
  via,
  content: contentOf(content),
});

/** The mails about one order as they were sent, the newest first. */
export const readOrderMails = async (reader: Reader, orderId: string): Promise<ShownMail[]> =>
  (await readKeptMails(reader.sql, subjectKeys(reader), orderId)).map(shown);
