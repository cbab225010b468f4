import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from './data-folder.ts';
import { completeLockfile, type Lockfile, missingOptionals } from './lockfile.ts';

test('package-lock.json names the native packages of every platform, without which `npm ci` refuses it', () => {
  const lockfile = JSON.parse(readFileSync(join(projectFolder, 'package-lock.json'), 'utf8')) as Lockfile;
  expect(missingOptionals(lockfile)).toEqual([]); // else: node scripts/run.mjs scripts/complete-lockfile.ts
});

test('completes a dropped package with the platform of its name, so that npm skips it elsewhere', () => {
  const { lockfile, added } = completeLockfile({
    packages: {
      '': {},
      'node_modules/tool': { version: '1.0.0', dev: true, optionalDependencies: { '@tool/linux-x64-musl': '1.0.0' } },
    },
  });
  expect(added).toEqual(['node_modules/@tool/linux-x64-musl']);
  expect(lockfile.packages['node_modules/@tool/linux-x64-musl']).toEqual({
    version: '1.0.0',
    cpu: ['x64'],
    libc: ['musl'],
    os: ['linux'],
    dev: true,
    optional: true,
  });
});
