import type { ViewOutcome } from '#server/queries/desk/saved-views.ts';
import type { ApiRejection } from '../api-rejections.ts';
import { rejected } from '../refusal.ts';

const rejections: Readonly<Record<Exclude<ViewOutcome, 'done'>, ApiRejection>> = {
  unknown: { code: 'ViewUnknown' },
  'not-yours': { code: 'ViewNotYours' },
  'name-taken': { code: 'ViewNameTaken' },
  'too-many': { code: 'TooManyViews' },
};

/** Throws what was refused. */
export const tellOutcome = (outcome: ViewOutcome): void => {
  if (outcome !== 'done') throw rejected(rejections[outcome]);
};
