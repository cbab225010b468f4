import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { readChallenge } from '#server/adapters/simulated-gateway/challenge.ts';
import { publicProcedure } from '../procedures.ts';

/** Stands for the bank's own page: the question of a 3-D Secure challenge. Its id, which nobody can guess, is the key. */
export const challengeGet = publicProcedure
  .input(z.strictObject({ challengeId: idSchema }))
  .query(async ({ ctx, input }) => {
    const challenge = await readChallenge(ctx.runtime.sql, input.challengeId);
    if (!challenge) throw new TRPCError({ code: 'NOT_FOUND' });
    return challenge;
  });
