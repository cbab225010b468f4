import { publicProcedure } from '../procedures.ts';

/** Who is signed in: `{ id, role, name, email }`, or null. */
export const me = publicProcedure.query(({ ctx }) => ctx.viewer);
