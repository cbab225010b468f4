// What a bare flush takes: a page is written and flushed, again and again, as each commit does. A thread of its own, since
// it waits for the disk (prove/horizon-watch.ts).
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type Span, slowFlushMs } from './flushes.ts';

const { folder } = workerData as { folder: string };
const everyMs = 10;
const page = Buffer.alloc(8_192, 1);
/** Written before anything is measured: a file that grows is more than a flush. */
const pages = 256;

const path = join(folder, 'flushed');
const file = openSync(path, 'w');
for (let nth = 0; nth < pages; nth += 1) writeSync(file, page, 0, page.length, nth * page.length);
fdatasyncSync(file);

let isOver = false;
parentPort?.on('message', () => {
  isOver = true;
});
const slow: Span[] = [];
let slowestMs = 0;
for (let nth = 0; !isOver; nth += 1) {
  const from = performance.timeOrigin + performance.now();
  writeSync(file, page, 0, page.length, (nth % pages) * page.length);
  fdatasyncSync(file);
  const to = performance.timeOrigin + performance.now();
  slowestMs = Math.max(slowestMs, to - from);
  if (to - from >= slowFlushMs) slow.push({ from, to });
  await delay(everyMs);
}
closeSync(file);
rmSync(path);
parentPort?.postMessage({ slow, slowestMs: Math.round(slowestMs) });
parentPort?.close();
