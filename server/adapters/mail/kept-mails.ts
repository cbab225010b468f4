import type { Database } from '#db/clients.ts';
import { decryptField, encryptField, type PersonalEnvelope } from '#server/event-store/envelope-crypto.ts';
import type { SubjectKeys } from '#server/event-store/subject-keys.ts';
import type { MailTemplate } from '#server/processes/effects.ts';
import type { Mail, Mailer } from './mail.ts';

const place = ['mail'] as const;
type Personal = Pick<Mail, 'to' | 'name' | 'subject' | 'text'>;

/** Keeps mails instead of sending them. Who it is for and what it says is encrypted with the person's key. */
export const createSimulatedMailbox = (sql: Database, keys: SubjectKeys): Mailer => ({
  send: async (mails) => {
    if (mails.length === 0) return;
    const subjects = await keys.forWriting(mails.map(({ subjectId }) => subjectId));
    const rows = mails.map(({ messageId, subjectId, orderKey, template, to, name, subject, text }) => {
      const key = subjects.get(subjectId);
      if (!key) throw new Error(`No key for subject ${subjectId}`);
      const personal: Personal = { to, name, subject, text };
      return { id: messageId, subjectId, orderKey, template, envelope: encryptField(key, personal, messageId, place) };
    });
    await sql`
      insert into mail.messages (message_id, subject_id, order_key, template, envelope)
      select id, "subjectId", "orderKey", template, envelope
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as mail (id uuid, "subjectId" text, "orderKey" text, template text, envelope jsonb)
      order by id
      on conflict (message_id) do nothing`;
  },
});

export type KeptMail = {
  readonly messageId: string;
  readonly orderKey: string;
  readonly template: MailTemplate;
  readonly sentAt: Date;
  /** Null once the person has been erased. */
  readonly content: Personal | null;
};

type Row = {
  readonly message_id: string;
  readonly order_key: string;
  readonly template: MailTemplate;
  readonly sent_at: Date;
  readonly envelope: PersonalEnvelope;
};

/** The mailbox, newest first: of one order, or of all. */
export const readMailbox = async (
  sql: Database,
  keys: SubjectKeys,
  { orderKey, limit = 50 }: { readonly orderKey?: string; readonly limit?: number } = {},
): Promise<KeptMail[]> => {
  const rows = await sql<Row[]>`
    select message_id, order_key, template, sent_at, envelope from mail.messages
    ${orderKey === undefined ? sql`` : sql`where order_key = ${orderKey}`}
    order by sent_at desc, message_id limit ${limit}`;
  const keyOf = await keys.byId(rows.map(({ envelope }) => envelope.keyId));
  return rows.map(({ message_id, order_key, template, sent_at, envelope }) => {
    const key = keyOf.get(envelope.keyId);
    return {
      messageId: message_id,
      orderKey: order_key,
      template,
      sentAt: sent_at,
      content: key ? (decryptField(key, envelope, message_id, place) as Personal) : null,
    };
  });
};
