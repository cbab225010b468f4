import { middleware } from './trpc.ts';

/**
 * Waits, up to the bound, until the projections that the procedure declares have passed the client's token; then
 * tells how fresh the answer is. Without a token, or without declared reads, nothing is waited for.
 */
export const waitForReads = middleware(async ({ ctx, meta, next }) => {
  if (meta?.reads && ctx.token !== null) ctx.reportFreshness(await ctx.runtime.waitFor(meta.reads, ctx.token));
  return next();
});
