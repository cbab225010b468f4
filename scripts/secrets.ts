import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { RolePasswords } from '#db/embedded/roles.ts';
import { PlainError, replaceFile } from './data-folder.ts';

const text = z.string().min(16);

const schema = z.strictObject({
  masterKey: text,
  commandHmacKey: text,
  linkKey: text,
  authSecret: text,
  webhookSecret: text,
  passwords: z.strictObject({ superuser: text, owner: text, app: text, worker: text, auditor: text }),
});

/** What a data folder keeps secret. Keys are 32 bytes in base64. */
export type Secrets = z.output<typeof schema>;

const key = (): string => randomBytes(32).toString('base64');
const password = (): string => randomBytes(24).toString('base64url');

const generate = (): Secrets => ({
  masterKey: key(),
  commandHmacKey: key(),
  linkKey: key(),
  authSecret: key(),
  webhookSecret: key(),
  passwords: {
    superuser: password(),
    owner: password(),
    app: password(),
    worker: password(),
    auditor: password(),
  } satisfies RolePasswords,
});

/**
 * The secrets of a data folder, made at its first start. A damaged file is refused and never replaced: the master key
 * in it is the only way to the personal data.
 */
export const loadSecrets = async (folder: string): Promise<Secrets> => {
  const file = join(folder, 'secrets.json');
  let stored: string;
  try {
    stored = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new PlainError(`${file} can’t be read: ${(error as Error).message}. Start as the user who owns it.`);
    }
    const secrets = generate();
    await replaceFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
    return secrets;
  }
  try {
    return schema.parse(JSON.parse(stored));
  } catch {
    throw new PlainError(`${file} is damaged. Restore it from a backup: it holds the key to the personal data.`);
  }
};

/** The secrets as environment variables; what the environment already says wins. */
export const secretVariables = (secrets: Secrets, source: NodeJS.ProcessEnv): Record<string, string> => ({
  WAYBILL_MASTER_KEY: source.WAYBILL_MASTER_KEY || secrets.masterKey,
  WAYBILL_COMMAND_HMAC_KEY: source.WAYBILL_COMMAND_HMAC_KEY || secrets.commandHmacKey,
  WAYBILL_LINK_KEY: source.WAYBILL_LINK_KEY || secrets.linkKey,
  BETTER_AUTH_SECRET: source.BETTER_AUTH_SECRET || secrets.authSecret,
  GATEWAY_WEBHOOK_SECRET: source.GATEWAY_WEBHOOK_SECRET || secrets.webhookSecret,
});
