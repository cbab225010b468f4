import type { Finding } from './part.ts';
import type { PartOutcome } from './run-part.ts';

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

const figuresOf = ({ figures }: Finding): string => {
  const words = Object.entries(figures).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? value.toLocaleString('en-US') : value}`,
  );
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
};

/** What a part found, as lines. */
export const linesOf = ({ findings, skipped, durationMs }: PartOutcome): readonly string[] => [
  ...findings.map((finding) => `  ${finding.held ? '✓' : '✗ BROKE:'} ${finding.guarantee}${figuresOf(finding)}`),
  ...(skipped === null ? [] : [`  - skipped: ${skipped}`]),
  `  ${seconds(durationMs)}`,
];

/** The last line, and the exit code. */
export const summaryOf = (outcomes: readonly PartOutcome[]): { readonly line: string; readonly exitCode: 0 | 1 } => {
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  const broke = findings.filter(({ held }) => !held).length;
  const skipped = outcomes.filter((outcome) => outcome.skipped !== null).length;
  const line = `${findings.length - broke} held, ${broke} broke${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  return { line, exitCode: broke > 0 ? 1 : 0 };
};
