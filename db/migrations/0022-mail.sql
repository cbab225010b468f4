-- The simulated mailbox. Address and text are personal, so they are kept as an envelope under the subject's key.
create table mail.messages (
  message_id uuid primary key,
  subject_id text not null,
  order_key text not null,
  template text not null,
  -- {subjectId, keyId, iv, ct} of {to, name, subject, text}
  envelope jsonb not null,
  sent_at timestamptz not null default clock_timestamp()
);
create index messages_by_order on mail.messages (order_key, sent_at);
create index messages_by_time on mail.messages (sent_at desc, message_id);
create index messages_by_subject on mail.messages (subject_id, sent_at desc);
