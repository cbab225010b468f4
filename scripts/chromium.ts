import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { PlainError } from './data-folder.ts';
import { runProgram, runTool } from './tool.ts';

// The same engine without the browser's own windows, as Playwright's own: the tests take two thirds of the time.
const shell = '/usr/bin/chromium-headless-shell';

const known = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

// Ubuntu's chromium-browser may be a script that only says to install a snap.
const works = async (path: string): Promise<boolean> => {
  if (!existsSync(path)) return false;
  const { code, output } = await runProgram(path, ['--version', '--no-sandbox'], { quiet: true });
  return code === 0 && /\d+\.\d+/.test(output);
};

const find = async (): Promise<string | undefined> => {
  const candidates = [process.env.WAYBILL_CHROMIUM, shell, chromium.executablePath(), ...known];
  for (const path of candidates) if (path && (await works(path))) return path;
  return undefined;
};

/** The path of a Chromium that starts, installed if the machine has none. Throws `PlainError` saying what was tried. */
export const ensureChromium = async (): Promise<string> => {
  const present = await find();
  if (present) return present;
  const isRoot = process.getuid?.() === 0;
  const tried: string[] = [];
  const attempt = async (
    name: string,
    run: () => Promise<{ code: number; output: string }>,
  ): Promise<string | undefined> => {
    console.log(`No Chromium found: ${name} …`);
    const { code, output } = await run();
    const found = await find();
    if (!found) tried.push(`${name} (exit code ${code})\n${output.trim().split('\n').slice(-5).join('\n')}`);
    return found;
  };
  const args = isRoot ? ['install', '--with-deps', 'chromium'] : ['install', 'chromium'];
  const viaPlaywright = await attempt(`playwright ${args.join(' ')}`, () =>
    runTool('@playwright/test/cli.js', args, { quiet: true }),
  );
  if (viaPlaywright) return viaPlaywright;
  if (isRoot && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runProgram('apt-get', ['update'], { quiet: true, env });
    // Not every distribution has the shell by itself.
    for (const name of ['chromium-headless-shell', 'chromium']) {
      const viaApt = await attempt(`apt-get install ${name}`, () =>
        runProgram('apt-get', ['install', '-y', '--no-install-recommends', name], { quiet: true, env }),
      );
      if (viaApt) return viaApt;
    }
  }
  throw new PlainError(
    `The browser tests need a Chromium, and none could be found or installed.\nTried:\n- ${tried.join('\n- ')}\n` +
      'Install one (as root: apt-get install chromium), or name it in WAYBILL_CHROMIUM.',
  );
};
