import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectFolder } from './data-folder.ts';
import { runTool, type ToolResult } from './tool.ts';

// A small project of the same shape, so that planting a violation never touches the real one.
const planted = mkdtempSync(join(tmpdir(), 'waybill-boundaries-'));

const violations: readonly { readonly rule: string; readonly file: string; readonly text: string }[] = [
  { rule: 'domain-is-pure', file: 'domain/reads-the-clock.ts', text: "import '#server/clock.ts';\n" },
  { rule: 'domain-is-pure', file: 'domain/reads-a-file.ts', text: "import 'node:fs';\n" },
  { rule: 'runtime-knows-no-api', file: 'server/runtime/calls-up.ts', text: "import '#server/api/router.ts';\n" },
  { rule: 'server-knows-no-page', file: 'server/shows.ts', text: "import '#app/page.tsx';\n" },
  { rule: 'db-is-below-the-server', file: 'db/looks-up.ts', text: "import '#server/clock.ts';\n" },
  { rule: 'pages-see-the-api-only-as-types', file: 'app/calls.tsx', text: "import '#server/api/router.ts';\n" },
  {
    rule: 'pages-see-only-the-api',
    file: 'app/peeks.tsx',
    text: "import type { Clock } from '#server/clock.ts';\nexport type Seen = Clock;\n",
  },
  { rule: 'no-cycles', file: 'domain/first.ts', text: "import './second.ts';\n" },
];

const sound: Readonly<Record<string, string>> = {
  'server/clock.ts': 'export type Clock = () => Date;\n',
  'server/api/router.ts': "import '#server/clock.ts';\nexport type Router = { readonly a: 1 };\n",
  'domain/second.ts': "import './first.ts';\n",
  'app/page.tsx': "import type { Router } from '#server/api/router.ts';\nexport type Page = Router;\n",
};

const cruise = (outputType: 'json' | 'err'): Promise<ToolResult> =>
  runTool(
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs', '--output-type', outputType, 'app', 'domain', 'server', 'db'],
    { quiet: true, cwd: planted },
  );

type Cruised = {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[];
  };
};

beforeAll(async () => {
  for (const file of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json', 'tsconfig.base.json']) {
    await cp(join(projectFolder, file), join(planted, file));
  }
  symlinkSync(join(projectFolder, 'node_modules'), join(planted, 'node_modules'));
  for (const [file, text] of [...Object.entries(sound), ...violations.map(({ file, text }) => [file, text] as const)]) {
    await mkdir(dirname(join(planted, file)), { recursive: true });
    await writeFile(join(planted, file), text);
  }
});

afterAll(() => rmSync(planted, { recursive: true, force: true }));

test('each planted violation is caught by its own rule, and what is sound is not', async () => {
  const { summary } = JSON.parse((await cruise('json')).output) as Cruised;
  const broken = summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`);
  const expected = violations.map(({ rule, file }) => `${rule}: ${file}`);
  expect(new Set(broken)).toEqual(new Set(expected));
}, 60_000);

test('a violation fails the gate, and the gate has read the files: an unsupported TypeScript sees none', async () => {
  const { code, output } = await cruise('err');
  expect(code).not.toBe(0);
  expect(Number(/(\d+) modules/.exec(output)?.[1])).toBeGreaterThanOrEqual(12);
}, 60_000);
