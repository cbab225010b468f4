import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from './data-folder.ts';

/** The end of a tool: its exit code, and what it printed if that was asked for. */
export type ToolResult = { readonly code: number; readonly output: string };

export type ToolOptions = {
  readonly env?: NodeJS.ProcessEnv;
  /** The project by default. */
  readonly cwd?: string;
  /** Collect the output instead of showing it. */
  readonly quiet?: boolean;
};

/** The JavaScript entry of an installed tool, such as `typescript/bin/tsc`. */
export const entryOf = (path: string): string => join(projectFolder, 'node_modules', path);

/** Runs a program to its end, without standard input. Does not throw when it fails. */
export const runProgram = (program: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? projectFolder,
      env: options.env ?? process.env,
      stdio: ['ignore', options.quiet ? 'pipe' : 'inherit', options.quiet ? 'pipe' : 'inherit'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += String(chunk);
    });
    child.stderr?.on('data', (chunk) => {
      output += String(chunk);
    });
    child.once('error', (error) => resolve({ code: 127, output: `${output}${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });

/** Runs an installed JavaScript tool under the pinned Node. */
export const runTool = (entry: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> =>
  runProgram(process.execPath, [entryOf(entry), ...args], options);
