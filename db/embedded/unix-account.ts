import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whom Postgres runs as. Without ids: the present user. */
export type UnixAccount = { readonly name: string; readonly uid?: number; readonly gid?: number };

export const isRoot = (): boolean => process.getuid?.() === 0;

const findAccount = async (wanted: (name: string, uid: number) => boolean): Promise<UnixAccount | undefined> => {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of passwd.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name && uid && gid && wanted(name, Number(uid))) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
};

/**
 * Postgres refuses to run as root. Root therefore hands it to the owner of an existing data folder, else to the
 * system's `postgres` user, who is made where there is none; a container without user tools falls back to `nobody`.
 */
export const accountForPostgres = async (existingDataFolder?: string): Promise<UnixAccount> => {
  if (!isRoot()) return { name: 'the present user' };
  if (existingDataFolder) {
    const owner = await stat(existingDataFolder).then(
      ({ uid }) => uid,
      () => 0,
    );
    const account = owner === 0 ? undefined : await findAccount((_, uid) => uid === owner);
    if (account) return account;
  }
  const found = await findAccount((name) => name === 'postgres');
  if (found) return found;
  for (const [program, ...args] of [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    ['adduser', '-S', '-D', '-H', 'postgres'], // busybox
  ] as const) {
    await run(program, args).catch(() => undefined);
    const made = await findAccount((name) => name === 'postgres');
    if (made) return made;
  }
  const nobody = await findAccount((name) => name === 'nobody');
  if (nobody) return nobody;
  throw new Error(
    'PostgreSQL can’t run as root, and no other user exists or could be made. Start as an ordinary user.',
  );
};

/** The first folder on the way to `path` that `account` may not pass, or undefined when the way is open. */
export const closedFolderOnTheWay = async (path: string, account: UnixAccount): Promise<string | undefined> => {
  if (account.uid === undefined) return undefined;
  const closed: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    const info = await stat(folder).catch(() => undefined);
    if (info?.isDirectory()) {
      const bit = info.uid === account.uid ? 0o100 : info.gid === account.gid ? 0o010 : 0o001;
      if ((info.mode & bit) === 0) closed.push(folder);
    }
    if (folder === dirname(folder)) return closed.at(-1);
  }
};
