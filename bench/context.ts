import type { ScratchEnv } from '../scripts/scratch-database.ts';

/** What a benchmark gets: a migrated database and a data folder of its own, and a way to talk to the terminal. */
export type BenchContext = {
  /** URLs of a database that only this benchmark uses, and the keys that belong to it. */
  readonly env: ScratchEnv;
  /** One line of progress, on stderr. */
  readonly say: (line: string) => void;
};

export type Figures = Readonly<Record<string, number>>;

/** A file of this folder that `npm run bench -- <name>` runs. Its figures are printed as a table and as JSON. */
export type Bench = {
  readonly name: string;
  /** One line: what is measured. */
  readonly about: string;
  readonly run: (context: BenchContext) => Promise<Figures>;
};
