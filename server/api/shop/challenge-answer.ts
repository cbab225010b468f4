import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { completeChallenge } from '#server/adapters/simulated-gateway/challenge.ts';
import { publicProcedure } from '../procedures.ts';

/** Stands for the bank's own page: the customer's answer. The first one counts; the gateway tells us by webhook. */
export const challengeAnswer = publicProcedure
  .input(z.strictObject({ challengeId: idSchema, approve: z.boolean() }))
  .mutation(async ({ ctx, input }) => {
    const result = await completeChallenge(ctx.runtime.sql, input.challengeId, input.approve);
    if (result === 'unknown') throw new TRPCError({ code: 'NOT_FOUND' });
    return { result };
  });
