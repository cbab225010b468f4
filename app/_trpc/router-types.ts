import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';

/** What a procedure takes: `RouterInputs['shop']['quote']`. */
export type RouterInputs = inferRouterInputs<AppRouter>;
/** What a procedure answers with: `RouterOutputs['shop']['catalog']['get']['product']`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
