import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/data-folder.ts';

export type CommandEnd = {
  readonly code: number | null;
  readonly output: string;
  readonly seconds: number;
  /** The most memory that it held at once, in MB; null where the system doesn't say. */
  readonly peakMb: number | null;
};

// Linux keeps the peak itself, so that asking now and then misses nothing but the last moment.
const peakMbOf = (pid: number): number | null => {
  try {
    const kb = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kb === undefined ? null : Math.round(Number(kb) / 1024);
  } catch {
    return null;
  }
};

/** Runs a script as a person would, and waits for its end. */
export const runCommand = (script: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<CommandEnd> =>
  new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
      cwd: projectFolder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text));
    let peakMb: number | null = null;
    const look = setInterval(() => {
      if (child.pid !== undefined) peakMb = peakMbOf(child.pid) ?? peakMb;
    }, 50);
    child.once('error', reject);
    child.once('close', (code) => {
      clearInterval(look);
      resolve({ code, output, seconds: Math.round(performance.now() - began) / 1_000, peakMb });
    });
  });

/** A secret-keeping file of a data folder, for another that shall read its backup. */
export const secretsFile = (folder: string): string => join(folder, 'secrets.json');
