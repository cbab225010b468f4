import { readPulse } from '#server/queries/admin-pulse.ts';
import { adminProcedure } from '../procedures.ts';

/** For the strip and the rail of every admin page: the longest lag, and what waits for a person. */
export const systemPulse = adminProcedure.query(({ ctx }) => readPulse(ctx.runtime));
