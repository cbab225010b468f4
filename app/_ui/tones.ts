export type Tone = 'calm' | 'move' | 'good' | 'hold' | 'bad' | 'pencil' | 'stale';

/** Text on its own ground, for badges, bands and counts. */
export const toneOnGround: Readonly<Record<Tone, string>> = {
  calm: 'bg-calm-bg text-calm',
  move: 'bg-move-bg text-move',
  good: 'bg-good-bg text-good',
  hold: 'bg-hold-bg text-hold',
  bad: 'bg-bad-bg text-bad',
  pencil: 'bg-pencil-bg text-pencil',
  stale: 'bg-stale-bg text-stale',
};

/** Text alone, on any surface. */
export const toneText: Readonly<Record<Tone, string>> = {
  calm: 'text-calm',
  move: 'text-move',
  good: 'text-good',
  hold: 'text-hold',
  bad: 'text-bad',
  pencil: 'text-pencil',
  stale: 'text-stale',
};
