import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BackupError } from './backup-error.ts';
import { createMeter } from './copy.ts';
import { type BackedUpTable, type Manifest, readManifest } from './manifest.ts';

/** A table's COPY text. */
export const openTable = (folder: string, { file }: Pick<BackedUpTable, 'file'>): Readable => {
  const source = createReadStream(join(folder, file));
  const text = createGunzip();
  source.on('error', (error) => text.destroy(error));
  return source.pipe(text);
};

const wordsFor = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'it is missing';
  if (code === 'Z_BUF_ERROR') return 'it is cut off';
  return `it can’t be read (${message})`;
};

const checkTable = async (folder: string, table: BackedUpTable): Promise<void> => {
  const refuse = (why: string) => new BackupError(`${join(folder, table.file)}: ${why}. Nothing was restored.`);
  const meter = createMeter();
  try {
    await pipeline(openTable(folder, table), meter.stream, async (pieces: AsyncIterable<unknown>) => {
      for await (const _ of pieces);
    });
  } catch (error) {
    throw refuse(wordsFor(error));
  }
  const { rows, bytes, sha256 } = meter.measured();
  if (sha256 !== table.sha256 || rows !== table.rows || bytes !== table.bytes) {
    throw refuse(`it is not as it was written (${rows} rows of ${table.rows}, SHA-256 ${sha256})`);
  }
};

/** Reads a whole backup and holds it against its hashes. Throws `BackupError` that names the first file that differs. */
export const checkBackup = async (folder: string): Promise<Manifest> => {
  const manifest = await readManifest(folder);
  for (const table of manifest.tables) await checkTable(folder, table);
  return manifest;
};
