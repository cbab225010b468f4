import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export type Received = {
  readonly to: readonly string[];
  /** By lower-case name, unfolded. */
  readonly headers: ReadonlyMap<string, string>;
  /** Headers and body as they came. */
  readonly raw: string;
};

export type SmtpFixture = {
  readonly url: string;
  /** What the server has taken, in order. */
  readonly received: readonly Received[];
  readonly close: () => Promise<void>;
};

type Answer = 'taken' | { readonly code: number; readonly words: string };

export type SmtpFixtureOptions = {
  /** What is said to a recipient. */
  readonly onRecipient?: (address: string) => Answer;
  /** What is said once the whole mail is there; it counts as taken before the answer goes out. */
  readonly onMail?: (mail: Received) => Answer | Promise<Answer>;
};

const refusal = ({ code, words }: Exclude<Answer, 'taken'>): Error =>
  Object.assign(new Error(words), { responseCode: code });

const parsed = (raw: string): Received['headers'] => {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  return new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
};

/** A mail server on this machine, at a port of its own. */
export const startSmtp = async (options: SmtpFixtureOptions = {}): Promise<SmtpFixture> => {
  const { onRecipient = () => 'taken', onMail = () => 'taken' } = options;
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, callback) => {
      const answer = onRecipient(address);
      callback(answer === 'taken' ? null : refusal(answer));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const mail = { to, headers: parsed(raw), raw };
        const answer = await onMail(mail);
        if (answer === 'taken') received.push(mail);
        callback(answer === 'taken' ? null : refusal(answer));
      });
    },
  });
  // Clients that are killed leave their connections behind.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
