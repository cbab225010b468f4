import type { Random } from '#server/projections/testing/histories.ts';
import type { ScratchEnv } from '../scripts/scratch-database.ts';

export type Size = 'small' | 'full';

export type Figures = Readonly<Record<string, number | string>>;

/** One sentence about the product that was put to the test. */
export type Finding = { readonly guarantee: string; readonly held: boolean; readonly figures: Figures };

/** What a part gets. */
export type PartContext = {
  readonly size: Size;
  /** All that is random in a part follows from it. */
  readonly seed: number;
  readonly random: Random;
  /** One line of progress. */
  readonly say: (line: string) => void;
  /**
   * Notes what held or broke: a sentence that names the guarantee, and the figures that show it. Call it once for each
   * guarantee, after the attack, with what broke among the figures.
   */
  readonly check: (guarantee: string, held: boolean, figures?: Figures) => void;
  /** Starts a migrated database that no other part uses, and stops it after `use`. Once a part. */
  readonly withDatabase: <T>(use: (env: ScratchEnv) => Promise<T>) => Promise<T>;
  /** For parts that start the whole product: a data folder that doesn't exist yet, removed after the part. */
  readonly folder: string;
};

/** One attack on the product; a file of `prove/parts/`, listed in `prove/parts.ts`. */
export type Part = {
  readonly name: string;
  /** One line: what is attacked, and how. */
  readonly about: string;
  /** How much of it, in words: such as `1,000,000 events`. */
  readonly sizes: Readonly<Record<Size, string>>;
  /** Whether `npm test` runs it too, in small: only what takes a second or two. */
  readonly isInTests: boolean;
  /** Throws `CannotRun` where this machine doesn't allow it; any other error counts as broken. */
  readonly run: (context: PartContext) => Promise<void>;
};

/** This machine doesn't allow the part; the message says why, in words. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
