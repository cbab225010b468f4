import { z } from 'zod';
import { tokenize } from '#server/adapters/simulated-gateway/tokenize.ts';
import { publicProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';

/**
 * Stands for the gateway's own hosted field: with a real gateway the card goes from the browser to it and never
 * passes here. Turns a card into the token that `shop.placeOrder` takes. Only test numbers are known.
 */
export const tokenizeCard = publicProcedure
  .input(
    z.strictObject({
      number: z.string().max(40),
      /** `MM/YY`. */
      expiry: z.string().max(10),
      cvc: z.string().max(6),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    // Card numbers must not reach us, where real money is moved.
    if (ctx.runtime.stripe) throw rejected({ code: 'CardInvalid', problem: 'card_not_for_tests' });
    const tokenized = await tokenize(ctx.runtime.sql, input);
    if (!tokenized.ok) throw rejected({ code: 'CardInvalid', problem: tokenized.code });
    const { token, brand, last4 } = tokenized;
    return { cardToken: token, brand, last4 };
  });
