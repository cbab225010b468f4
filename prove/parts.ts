import type { Part } from './part.ts';
import { part as versionRace } from './parts/version-race.ts';

/** Every part of `npm run prove`, in the order in which they run. */
export const parts: readonly Part[] = [versionRace];
