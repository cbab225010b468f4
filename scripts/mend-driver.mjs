// postgres.js 3.4.9 doesn't survive a database that dies under load (its issues 1066, 1154, 1208; unanswered): a
// connection that is cut while a write is buffered never sends again, so that its pool hangs until a restart; a write
// to one that is gone throws past every catch and ends the process; one that is cut while it learns the server's types
// does the same; its last error is told to whoever comes next; what is asked between its error and its end is never
// answered, nor anything after it; one whose first query was cancelled is never used; and what a cut transaction still
// sends may land in another one. And it leaves Nagle's algorithm on: what passes 1 kB goes in two writes, and the
// second may wait 40 ms for the first's acknowledgement. Its queries can't be collected young (below). Its list of
// connections grows with every query, and is searched from the beginning, until all of them are busy at once. npm runs
// this after each installation, and every start looks again. With a newer version: see whether db/driver.it.ts still
// needs it.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const driver = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules', 'postgres');
const version = '3.4.9';

const mends = {
  'connection.js': [
    [
      `    if (terminated)
      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))
`,
      `    if (terminated)
      return queryError(q, Errors.connection('CONNECTION_DESTROYED', options))

    if (!socket)
      return queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true
`,
    ],
    [
      `  function nextWrite(fn) {
`,
      `  function nextWrite(fn) {
    if (!socket)
      return chunk = nextWriteTimer = null, true

`,
    ],
    [
      `    clearImmediate(nextWriteTimer)
    if (socket) {
`,
      `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    if (socket) {
`,
    ],
    [
      `    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)
`,
      `    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = errorResponse = null
    connection.lives++
    socket.removeListener('data', data)
`,
    ],
    [
      `    \`], [], execute)
    types.forEach(`,
      `    \`], [], execute).catch(() => [])
    types.forEach(`,
    ],
    [
      `    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
`,
      `    const isOwed = query || sent.length
    isOwed && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = null
`,
    ],
    ['    count: 0,\n', '    count: 0,\n    lives: 0,\n'],
    [
      `      socket.on('data', data)
      keep_alive &&`,
      `      socket.on('data', data)
      socket.setNoDelay && socket.setNoDelay(true)
      keep_alive &&`,
    ],
    [
      `      initial && !initial.reserve && execute(initial)
      options.shared.retries = retries = 0
      initial = null
      return
    }
`,
      `      const isCancelled = initial && initial.cancelled
      initial && !initial.reserve && !isCancelled && execute(initial)
      options.shared.retries = retries = 0
      initial = null
      if (!isCancelled)
        return
    }
`,
    ],
  ],
  'queue.js': [
    [
      `        index = 0
        xs = []
      } else {
`,
      `        index = 0
        xs = []
      } else if (index === 64) {
        xs = xs.slice(index)
        index = 0
      } else {
`,
    ],
  ],
  // V8 puts a function that is assigned to a property where it is written into its old generation (so that it may be a
  // method): whatever a query had been given and what it gave, all that the function sees, then waits for a collection
  // of that.
  'query.js': [
    [
      `    this.resolve = x => (this.active = false, resolve(x))
    this.reject = x => (this.active = false, reject(x))

    this.active = false
`,
      `    const onresolve = x => (this.active = false, resolve(x))
        , onreject = x => (this.active = false, reject(x))
    this.resolve = onresolve
    this.reject = onreject

    this.active = false
`,
    ],
  ],
  'index.js': [
    [
      `      const sql = Sql(handler)
      sql.savepoint = savepoint
`,
      `      const lives = c.lives
      const sql = Sql(handler)
      sql.savepoint = savepoint
`,
    ],
    [
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full
`,
      `        q.catch(e => uncaughtError || (uncaughtError = e))
        if (c.lives !== lives)
          return q.reject(Errors.connection('CONNECTION_CLOSED', options))
        c.queue === full
`,
    ],
  ],
};

const mended = (text, changes, file) =>
  changes.reduce((before, [from, to]) => {
    if (before.includes(to)) return before;
    if (before.split(from).length !== 2)
      throw new Error(`${file} is not as it was: mend-driver.mjs has to be looked at`);
    return before.replace(from, to);
  }, text);

/** Mends the installed driver, once; does nothing where that is done. Throws where it is not the version it knows. */
export const mendDriver = () => {
  if (!existsSync(driver)) return;
  const found = JSON.parse(readFileSync(join(driver, 'package.json'), 'utf8')).version;
  if (found !== version)
    throw new Error(`postgres.js is ${found}: see whether mend-driver.mjs (for ${version}) still has to be`);
  for (const [name, changes] of Object.entries(mends)) {
    const file = join(driver, 'src', name);
    const before = readFileSync(file, 'utf8');
    const after = mended(before, changes, file);
    if (after === before) continue;
    // In one step: another start may be reading it.
    const partial = `${file}.partial-${process.pid}`;
    writeFileSync(partial, after);
    renameSync(partial, file);
  }
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) mendDriver();
