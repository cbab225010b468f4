import { readUsedTags } from '#server/queries/used-tags.ts';
import { supportProcedure } from '../procedures.ts';

/** The tags in use, for suggestions: the most used first. Not waited for: it may be a moment behind. */
export const tags = supportProcedure.query(({ ctx }) => readUsedTags(ctx.runtime));
