import type { Database } from '#db/clients.ts';
import type { Mail } from '#server/adapters/mail/mail.ts';
import { type KeptMail, readMailbox } from '#server/adapters/mail/simulated-mailbox.ts';
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
  readonly messageId: string;
  readonly orderId: string;
  readonly template: Mail['template'];
  /** ISO 8601. */
  readonly sentAt: string;
  /** Null once the person has been erased. */
  readonly content: Pick<Mail, 'to' | 'name' | 'subject' | 'text'> | null;
};

const shown = ({ messageId, orderKey, template, sentAt, content }: KeptMail): ShownMail => ({
  messageId,
  orderId: orderKey,
  template,
  sentAt: sentAt.toISOString(),
  content,
});

/** What the simulated mailbox holds about one order, the newest first. */
export const readOrderMails = async (reader: Reader, orderId: string): Promise<ShownMail[]> =>
  (await readMailbox(reader.sql, subjectKeys(reader), { orderKey: orderId })).map(shown);
