import { createTransport } from 'nodemailer';
import type { Delivery, Mail, Mailer } from './mail.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import type { SmtpSettings } from './smtp-settings.ts';

/** As many as there are mails under way at once, so that none waits for another. */
export const smtpConnections = 8;
/** The longest that one mail may take, connecting included. */
const mailMsMost = 25_000;
/** A lease on a mail must outlast it, and what is written down afterwards. */
export const smtpLeaseMs = 60_000;

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/** Servers like to repeat the address that they refuse; it is personal, and belongs in no log and no work list. */
const withoutAddresses = (text: string): string => text.replace(/[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g, '(address)');

type SmtpError = {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
};

/** In words for the work list: what the server said, or what became of the connection. */
const wordsOf = ({ message = '', response, responseCode, code }: SmtpError): string =>
  withoutAddresses(response ?? `${code ?? responseCode ?? 'failed'}: ${message}`)
    .replace(/\s+/g, ' ')
    .slice(0, 300);

/**
 * Whether the server, or the address itself, says no for good to this one mail. A wrong password or certificate is no
 * such thing, whatever its number: it is mended on our side, and then the mail goes.
 */
const isRefusal = ({ code, responseCode }: SmtpError): boolean => {
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return false;
  return responseCode === undefined ? code === 'EENVELOPE' : responseCode >= 500 && responseCode < 600;
};

/** By which a mail that is sent again is known for the same: mail programs and servers drop the second. */
export const messageIdOf = (notificationId: string, from: SmtpSettings['from']): string =>
  `<${notificationId}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`;

/** Sends mails by SMTP, over a few connections that are kept for the next ones. */
export const createSmtpMailer = (settings: SmtpSettings): Mailer => {
  const { host, port, secure, auth, from } = settings;
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure,
    ...(auth ? { auth } : {}),
    // A password goes over the wire in the open only within this machine.
    requireTLS: !secure && auth !== null && !loopback.has(host),
    maxConnections: smtpConnections,
    // Whether to try again is decided by the effect's row, which outlives this process.
    maxRequeues: 0,
    connectionTimeout: 8_000,
    greetingTimeout: 8_000,
    dnsTimeout: 8_000,
    socketTimeout: 15_000,
    idleTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  const deliver = async ({ notificationId, to, name, letter }: Mail): Promise<Delivery> => {
    try {
      await transport.sendMail({
        from,
        to: { name, address: to },
        subject: letter.subject,
        text: renderText(letter),
        html: renderHtml(letter),
        messageId: messageIdOf(notificationId, from),
        // Out-of-office programs don't answer what was sent by nobody (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        signal: AbortSignal.timeout(mailMsMost),
      });
      return { status: 'sent' };
    } catch (error) {
      const problem = error as SmtpError;
      if (isRefusal(problem)) return { status: 'refused', reason: `The mail server refused it: ${wordsOf(problem)}` };
      throw new Error(`The mail server did not take it: ${wordsOf(problem)}`);
    }
  };

  return { via: 'smtp', deliver: (mails) => mails.map(deliver), close: () => transport.close() };
};
