// Holds a data folder until it is killed: `hold-data-folder.ts <folder> lock|server`. For data-folder.it.ts.
import postgres from 'postgres';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { lockDataFolder } from '../data-folder.ts';
import { loadSecrets } from '../secrets.ts';

const [folder = '', what] = process.argv.slice(2);
const lock = await lockDataFolder(folder);
await lock.publish({ pid: process.pid, purpose: 'a test', url: 'http://here', children: [12_345] });
if (what === 'server') {
  const { passwords } = await loadSecrets(folder);
  const server = await startEmbeddedServer({ dataDir: folder, passwords, say: () => undefined });
  const sql = postgres(server.ownerUrl, { max: 1 });
  await sql`create table kept as select 7 as id`;
}
console.log('holding');
setInterval(() => undefined, 60_000);
