import { BackupError } from '#db/backup/backup-error.ts';
import { EmbeddedServerError } from '#db/embedded/embedded-server.ts';
import { MigrationError } from '#db/migrate.ts';
import { EnvError } from '#server/env.ts';
import { PlainError } from './data-folder.ts';

const plainKinds = [PlainError, EnvError, MigrationError, EmbeddedServerError, BackupError];

/** What to print of an error: the words alone when the person can solve it, the stack when it is a bug. */
export const wordsOf = (error: unknown): string => {
  if (plainKinds.some((kind) => error instanceof kind)) return (error as Error).message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};

/** Runs a command-line script; a failure is printed in words and sets exit code 1. */
export const runScript = async (work: () => Promise<unknown>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    console.error(wordsOf(error));
    process.exitCode = 1;
  }
};
