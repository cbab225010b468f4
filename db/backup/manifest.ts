import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { BackupError } from './backup-error.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const name = z.string().min(1);

const schema = z.strictObject({
  /** How to read the rest. */
  format: z.literal('waybill-backup-1'),
  /** The instant of the snapshot: ISO 8601. */
  takenAt: z.string(),
  serverVersion: z.string(),
  /** The cluster that it was taken from, and the incarnation that it was at. */
  systemIdentifier: z.string(),
  timelineId: z.int(),
  incarnation: z.int(),
  /** The migrations that the database had. */
  migrations: z.array(z.strictObject({ name, sha256 })),
  /** Tells the right master key from a wrong one, and nothing else about it. */
  masterKeyCheck: sha256,
  /** The event rows, in the order of the store. `last`: incarnation.transaction.position; null where there are none. */
  events: z.strictObject({ rows: count, sha256, last: z.string().nullable() }),
  tables: z.array(z.strictObject({ name, file: name, columns: z.array(name), rows: count, bytes: count, sha256 })),
  sequences: z.array(z.strictObject({ name, lastValue: z.string().regex(/^-?\d+$/), isCalled: z.boolean() })),
});

/** What a backup says of itself: `manifest.json`, beside one gzipped COPY text a table. */
export type Manifest = z.output<typeof schema>;
export type BackedUpTable = Manifest['tables'][number];

export const manifestFile = 'manifest.json';

const hashOf = (manifest: Manifest): string => createHash('sha256').update(JSON.stringify(manifest)).digest('hex');

/** A fingerprint of the master key (32 bytes). */
export const masterKeyCheck = (masterKey: Uint8Array): string =>
  createHmac('sha256', masterKey).update('waybill backup: which master key').digest('hex');

export const encodeManifest = (manifest: Manifest): string =>
  `${JSON.stringify({ manifest, sha256: hashOf(manifest) }, null, 1)}\n`;

/** Reads and checks a backup's manifest. Throws `BackupError` where there is none, or not as it was written. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const file = join(folder, manifestFile);
  const text = await readFile(file, 'utf8').catch(() => {
    throw new BackupError(`${folder} is not a backup: it has no ${manifestFile}. One that was cut off has none.`);
  });
  try {
    const stored = z.strictObject({ manifest: schema, sha256 }).parse(JSON.parse(text));
    if (hashOf(stored.manifest) === stored.sha256) return stored.manifest;
  } catch {
    // Said below, in the same words.
  }
  throw new BackupError(`${file} is not as it was written (cut off or altered). Nothing was restored.`);
};
