import { statfs } from 'node:fs/promises';
import postgres from 'postgres';

/** Files of 16 MB: as many as `min_wal_size` has the server keep. A rush writes one or two a second. */
const filesKept = 64;

/** A disk with less room than this, in bytes, is left alone. */
const roomLeast = 10 * 2 ** 30;

/**
 * Has a new server make files of its log ahead of need. A commit that comes upon the end of the last file waits until
 * the next one is made and filled with zeros, 30 to 90 ms here; a checkpoint puts used ones in line again. Takes 2.4 s
 * and a gigabyte. False where the disk has little room: then nothing was done.
 */
export const fillLog = async (superuserUrl: string, dataFolder: string, files = filesKept): Promise<boolean> => {
  const { bavail, bsize } = await statfs(dataFolder);
  if (bavail * bsize < roomLeast) return false;
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => undefined });
  try {
    for (let nth = 0; nth < files; nth += 1) {
      // A file in which nothing was written is not left for the next.
      await sql`select pg_logical_emit_message(false, 'waybill', 'ahead of need')`;
      await sql`select pg_switch_wal()`;
    }
    await sql`checkpoint`;
    return true;
  } finally {
    await sql.end({ timeout: 2 });
  }
};
