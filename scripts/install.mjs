// Plain JavaScript without dependencies: this runs on whatever Node ≥ 20 the machine has, before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants as osConstants } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { mendDriver } from './mend-driver.mjs';

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(projectFolder, 'node_modules');
const stamp = join(modules, '.waybill-installed');

/** The Node that the project pins; present once the dependencies are. */
export const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const wantedStamp = () =>
  createHash('sha256')
    .update(readFileSync(join(projectFolder, 'package-lock.json')))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

// A developer's `npm install` leaves no stamp of ours, but npm's own list of what is there.
const installedByHand = () => {
  const wanted = readJson(join(projectFolder, 'package-lock.json'))?.packages ?? {};
  const present = readJson(join(modules, '.package-lock.json'))?.packages;
  if (!present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = present[path];
    return found ? found.version === entry.version && found.integrity === entry.integrity : Boolean(entry.optional);
  });
};

const isInstalled = (wanted) => {
  if (!existsSync(pinnedNode)) return false;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  return installedByHand();
};

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

// Two starters in one fresh clone must not both empty node_modules.
const withInstallLock = async (work) => {
  const folder = join(projectFolder, '.install-lock');
  let told = false;
  for (;;) {
    try {
      mkdirSync(folder);
      writeFileSync(join(folder, 'pid'), String(process.pid));
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const pid = Number(existsSync(join(folder, 'pid')) ? readFileSync(join(folder, 'pid'), 'utf8') : 0);
      const age = existsSync(folder) ? Date.now() - statSync(folder).mtimeMs : 0;
      if ((pid > 0 && !isAlive(pid)) || (pid === 0 && age > 5000)) {
        rmSync(folder, { recursive: true, force: true });
        continue;
      }
      if (!told) console.log(`Another start (pid ${pid}) is installing the dependencies; waiting for it.`);
      told = true;
      await delay(300);
    }
  }
  try {
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const fail = (message) => {
  console.error(message);
  process.exit(1);
};

const ownerName = (path) => {
  const { uid } = statSync(path);
  return uid === 0 ? 'root' : `another user (uid ${uid})`;
};

const refuseForeignFolders = () => {
  for (const path of [projectFolder, modules]) {
    if (!existsSync(path)) continue;
    try {
      accessSync(path, constants.W_OK);
    } catch {
      fail(
        `The dependencies must be installed, but ${path} belongs to ${ownerName(path)} and can’t be written.\n` +
          `Start as that user, or take the folder over: sudo chown -R $(id -un) '${projectFolder}'`,
      );
    }
  }
};

const npmCi = () =>
  new Promise((resolve) => {
    // `npm start` tells where its own npm is; its settings for scripts must not leak into the inner npm.
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
    const environment = { ...process.env };
    for (const name of Object.keys(environment)) {
      if (/^npm_(lifecycle|package|command)/.test(name)) delete environment[name];
    }
    const options = { cwd: projectFolder, stdio: ['ignore', 'inherit', 'inherit'], env: environment };
    const child =
      npm && /\.c?js$/.test(npm)
        ? spawn(process.execPath, [npm, ...args], options)
        : spawn('npm', args, { ...options, shell: process.platform === 'win32' });
    child.once('error', (error) => fail(`npm can’t be run: ${error.message}`));
    child.once('exit', (code) => resolve(code ?? 1));
  });

/**
 * Installs the pinned dependencies when they are missing or older than package-lock.json. Says how long that took.
 * Ends the process with a clear message when it can't. Returns the milliseconds that the installation took.
 */
export const ensureInstalled = async () => {
  const tookMs = await installWhenStale();
  try {
    mendDriver();
  } catch (error) {
    fail(`The database driver could not be mended: ${error.message}`);
  }
  return tookMs;
};

const installWhenStale = async () => {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) fail(`Waybill needs Node 20 or newer; this is ${process.version}.`);
  const wanted = wantedStamp();
  if (isInstalled(wanted)) {
    try {
      if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) writeFileSync(stamp, wanted);
    } catch {
      // Read-only is fine: the check is only a little slower next time.
    }
    return 0;
  }
  refuseForeignFolders();
  const start = Date.now();
  await withInstallLock(async () => {
    if (isInstalled(wanted)) return;
    console.log('Installing the pinned dependencies (npm ci) …');
    rmSync(stamp, { force: true });
    const code = await npmCi();
    if (code !== 0) fail(`npm ci failed (exit code ${code}); see its message above. Nothing else was started.`);
    if (!existsSync(pinnedNode)) {
      fail(
        `npm ci did not bring the pinned Node (${pinnedNode}): installation scripts may be switched off ` +
          '(npm config get ignore-scripts). Allow them, then start again.',
      );
    }
    writeFileSync(stamp, wanted);
  });
  const tookMs = Date.now() - start;
  console.log(`Installed in ${(tookMs / 1000).toFixed(1)} s.`);
  return tookMs;
};

/**
 * Runs a TypeScript file under the pinned Node, passes signals on, and ends with its exit code. The channel between
 * the two tells the child when this process was killed.
 */
export const runPinned = (script, args, environment = process.env, flags = []) => {
  const command = ['--disable-warning=ExperimentalWarning', ...flags, join(projectFolder, script), ...args];
  const child = spawn(pinnedNode, command, {
    cwd: projectFolder,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment,
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // npm killed outright leaves this process an orphan; without npm, a parent may end for good reasons (nohup).
  if (process.env.npm_lifecycle_event) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) child.kill('SIGTERM');
    }, 500).unref();
  }
  child.once('error', (error) => fail(`The pinned Node can’t be run: ${error.message}`));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (osConstants.signals[signal] ?? 0)));
};
