// Run it after `npm install`: node scripts/run.mjs scripts/complete-lockfile.ts
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './data-folder.ts';
import { completeLockfile, type Lockfile } from './lockfile.ts';

const file = join(projectFolder, 'package-lock.json');
const { lockfile, added } = completeLockfile(JSON.parse(await readFile(file, 'utf8')) as Lockfile);
if (added.length > 0) await writeFile(file, `${JSON.stringify(lockfile, null, 2)}\n`);
console.log(added.length === 0 ? 'package-lock.json is complete.' : `Added to package-lock.json:\n${added.join('\n')}`);
