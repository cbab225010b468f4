-- Mails may go out by SMTP. A copy is kept either way: it tells a retry that this very mail was taken over already.
alter table mail.messages add column via text not null default 'mailbox' check (via in ('mailbox', 'smtp'));
