import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Adds a note to any order. `noteId` is made by the client. Notes never conflict. */
export const orderAddNote = supportProcedure
  .input(
    forOrder({
      ...commandInput,
      noteId: idSchema,
      text: z.string().trim().min(1, 'Write something').max(4_000),
      visibility: z.enum(['internal', 'customer']),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, noteId, text, visibility } = input;
    return runCommand(ctx, orderId, input, { type: 'AddNote', orderId, noteId, text, visibility });
  });
