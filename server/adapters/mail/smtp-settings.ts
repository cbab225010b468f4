export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on; else it begins with STARTTLS where the server offers it. */
  readonly secure: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | null;
};
export type Sender = { readonly name: string; readonly address: string };
export type SmtpSettings = SmtpServer & { readonly from: Sender };

const schemes = new Map([
  ['smtp:', { secure: false, port: 587 }],
  ['smtps:', { secure: true, port: 465 }],
]);

const decoded = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};

/** The server of an address such as `smtp://user:password@host:587`; null when it is none. */
export const smtpServerOf = (text: string): SmtpServer | null => {
  if (!URL.canParse(text)) return null;
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
  const scheme = schemes.get(protocol);
  const user = decoded(username);
  const pass = decoded(password);
  if (!scheme || hostname === '' || user === null || pass === null) return null;
  if ((pathname !== '' && pathname !== '/') || search !== '' || hash !== '') return null;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? scheme.port : Number(port),
    secure: scheme.secure,
    auth: user === '' ? null : { user, pass },
  };
};

const plainAddress = /^[^\s<>"(),:;@]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;

/** `Waybill <orders@shop.example>` or `orders@shop.example`; null when it is neither. */
export const senderOf = (text: string): Sender | null => {
  const [, name = '', inside] = /^([^<>\r\n]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const address = (inside ?? text).trim();
  if (!plainAddress.test(address) || address.length > 254) return null;
  return { name: name.trim().replace(/^"(.*)"$/, '$1') || 'Waybill', address };
};

/** Null without a server, or while one of the two is wrong. */
export const smtpSettingsOf = (url: string | undefined, from: string | undefined): SmtpSettings | null => {
  const server = url === undefined ? null : smtpServerOf(url);
  const sender = from === undefined ? null : senderOf(from);
  return server && sender ? { ...server, from: sender } : null;
};
