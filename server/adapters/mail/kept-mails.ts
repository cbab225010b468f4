import type { Database } from '#db/clients.ts';
import { decryptField, encryptField, type PersonalEnvelope } from '#server/event-store/envelope-crypto.ts';
import type { SubjectKeys } from '#server/event-store/subject-keys.ts';
import type { MailTemplate } from '#server/processes/effects.ts';
import type { Letter } from './letter.ts';
import type { Mail } from './mail.ts';
import { renderText } from './render-text.ts';

const place = ['mail'] as const;

/** `text`: in mails of earlier releases, which were written as plain text only. */
type Personal = Pick<Mail, 'to' | 'name'> & ({ readonly letter: Letter } | LetterlessMail);
type LetterlessMail = { readonly subject: string; readonly text: string };

/** `mailbox`: kept instead of being sent. */
export type SentVia = 'mailbox' | 'smtp';

/** What was sent, kept for whom it was sent to. Who it is for and what it says is encrypted with the person's key. */
export type KeptMails = {
  /** Keeps mails; one that is kept already stays as it is. */
  keep(mails: readonly Mail[], via: SentVia): Promise<void>;
  /** Which of these were kept, and so were sent. */
  known(notificationIds: readonly string[]): Promise<ReadonlySet<string>>;
};

export const createKeptMails = (sql: Database, keys: SubjectKeys): KeptMails => ({
  keep: async (mails, via) => {
    if (mails.length === 0) return;
    const subjects = await keys.forWriting(mails.map(({ subjectId }) => subjectId));
    const rows = mails.map(({ notificationId, subjectId, orderKey, template, to, name, letter }) => {
      const key = subjects.get(subjectId);
      if (!key) throw new Error(`No key for subject ${subjectId}`);
      const personal: Personal = { to, name, letter };
      const envelope = encryptField(key, personal, notificationId, place);
      return { id: notificationId, subjectId, orderKey, template, envelope };
    });
    await sql`
      insert into mail.messages (message_id, subject_id, order_key, template, envelope, via)
      select id, "subjectId", "orderKey", template, envelope, ${via}
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        as mail (id uuid, "subjectId" text, "orderKey" text, template text, envelope jsonb)
      order by id
      on conflict (message_id) do nothing`;
  },
  known: async (notificationIds) => {
    const rows = await sql<{ id: string }[]>`
      select message_id as id from mail.messages where message_id = any (${sql.array([...notificationIds])}::uuid[])`;
    return new Set(rows.map(({ id }) => id));
  },
});

export type KeptMail = {
  readonly notificationId: string;
  readonly orderKey: string;
  readonly template: MailTemplate;
  readonly sentAt: Date;
  readonly via: SentVia;
  /** Null once the person has been erased. `letter`: null in mails of earlier releases. */
  readonly content: (Pick<Mail, 'to' | 'name'> & LetterlessMail & { readonly letter: Letter | null }) | null;
};

type Row = {
  readonly message_id: string;
  readonly order_key: string;
  readonly template: MailTemplate;
  readonly sent_at: Date;
  readonly via: SentVia;
  readonly envelope: PersonalEnvelope;
};

const contentOf = (personal: Personal): KeptMail['content'] => {
  if (!('letter' in personal)) return { ...personal, letter: null };
  const { to, name, letter } = personal;
  return { to, name, subject: letter.subject, text: renderText(letter), letter };
};

/** The mails about one order, the newest first. */
export const readKeptMails = async (
  sql: Database,
  keys: SubjectKeys,
  orderKey: string,
  limit = 50,
): Promise<KeptMail[]> => {
  const rows = await sql<Row[]>`
    select message_id, order_key, template, sent_at, via, envelope from mail.messages
    where order_key = ${orderKey}
    order by sent_at desc, message_id limit ${limit}`;
  const keyOf = await keys.byId(rows.map(({ envelope }) => envelope.keyId));
  return rows.map(({ message_id, order_key, template, sent_at, via, envelope }) => {
    const key = keyOf.get(envelope.keyId);
    return {
      notificationId: message_id,
      orderKey: order_key,
      template,
      sentAt: sent_at,
      via,
      content: key ? contentOf(decryptField(key, envelope, message_id, place) as Personal) : null,
    };
  });
};
