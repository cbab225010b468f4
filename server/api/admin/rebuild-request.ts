import { z } from 'zod';
import { projections } from '#server/projections/registry.ts';
import { requestRebuild } from '#server/runtime/rebuild-requests.ts';
import { adminProcedure } from '../procedures.ts';

const names = projections.map(({ name }) => name);

/** Asks for projections to be rebuilt, in one scan, beside the live ones. A worker takes it up within a second. */
export const rebuildRequest = adminProcedure
  .input(z.strictObject({ projections: z.array(z.enum(names)).min(1).max(names.length) }))
  .mutation(async ({ ctx, input }) => ({
    rebuildId: await requestRebuild(ctx.runtime.sql, [...new Set(input.projections)], ctx.viewer.id),
  }));
