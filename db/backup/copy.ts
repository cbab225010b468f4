import { createHash } from 'node:crypto';
import { type Readable, Transform, type TransformCallback, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Database } from '#db/clients.ts';
import type { TableShape } from './list-tables.ts';

/** What passed through: `sha256` in hex over PostgreSQL's COPY text, `bytes` of it, one line a row. */
export type Measured = { readonly rows: number; readonly bytes: number; readonly sha256: string };

const newline = 0x0a;
const gatherBytes = 64 * 1024;

const linesIn = (chunk: Buffer): number => {
  let lines = 0;
  for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) lines += 1;
  return lines;
};

/** Passes everything on, counts and hashes it, and gathers rows into larger pieces on the way. */
export const createMeter = (): { readonly stream: Transform; readonly measured: () => Measured } => {
  const hash = createHash('sha256');
  let rows = 0;
  let bytes = 0;
  let gathered: Buffer[] = [];
  let gatheredBytes = 0;
  const release = (stream: Transform): void => {
    if (gatheredBytes === 0) return;
    const piece = gathered.length === 1 && gathered[0] ? gathered[0] : Buffer.concat(gathered, gatheredBytes);
    gathered = [];
    gatheredBytes = 0;
    hash.update(piece);
    rows += linesIn(piece); // COPY's text writes a line break within a value as \n
    stream.push(piece);
  };
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done: TransformCallback) {
      bytes += chunk.length;
      gatheredBytes += chunk.length;
      gathered.push(chunk);
      if (gatheredBytes >= gatherBytes) release(this);
      done();
    },
    flush(done: TransformCallback) {
      release(this);
      done();
    },
  });
  return { stream, measured: () => ({ rows, bytes, sha256: hash.copy().digest('hex') }) };
};

/** Settings under which equal values are equal text. Within a transaction: they end with it. */
export const fixTextForm = async (transaction: Database): Promise<void> => {
  await transaction.unsafe(`
    set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres';
    set local extra_float_digits = 1; set local bytea_output = 'hex'; set local client_encoding = 'UTF8'`);
};

const discard = async (source: AsyncIterable<unknown>): Promise<void> => {
  for await (const _ of source);
};

/** Streams a table's rows, in the order of its key, through `sinks`, and says what it was. */
export const copyOut = async (
  transaction: Database,
  { name, columns, orderBy }: TableShape,
  sinks: readonly (NodeJS.ReadWriteStream | Writable)[] = [],
): Promise<Measured> => {
  const rows: Readable = await transaction
    .unsafe(`copy (select ${columns.join(', ')} from ${name} as "row" order by ${orderBy.join(', ')}) to stdout`)
    .readable();
  const meter = createMeter();
  if (sinks.length > 0) await pipeline([rows, meter.stream, ...sinks]);
  else await pipeline(rows, meter.stream, discard);
  // Where its last rows filled the buffer, postgres.js has paused the socket, and nobody reads on after the end: the
  // server's "done" would never come.
  rows._read(0);
  return meter.measured();
};

/** What we need of a postgres.js query beyond its promise (src/query.js). */
type PendingCopy = { reject: (error: unknown) => void };

/**
 * Streams COPY text into a table. An error that the server reports after the last row (a key that stands twice) comes
 * when postgres.js has settled the query already, and its stream would wait for ever: hence the ear on `reject`.
 */
export const copyIn = async (
  transaction: Database,
  { name, columns }: Pick<TableShape, 'name' | 'columns'>,
  source: Readable,
): Promise<void> => {
  const query = transaction.unsafe(`copy ${name} (${columns.join(', ')}) from stdin`);
  const pending = query as unknown as PendingCopy;
  const refused = new Promise<never>((_, reject) => {
    const { reject: refuse } = pending;
    pending.reject = (error) => {
      refuse(error);
      reject(error);
    };
  });
  refused.catch(() => undefined);
  const sink: Writable = await query.writable();
  await Promise.race([pipeline(source, sink), refused]);
};

/** The hash of a table's rows, as a backup of it would have it. */
export const measureTable = (sql: Database, table: TableShape): Promise<Measured> =>
  sql.begin('isolation level repeatable read read only', async (transaction) => {
    const session = transaction as unknown as Database;
    await fixTextForm(session);
    return copyOut(session, table);
  }) as Promise<Measured>;
