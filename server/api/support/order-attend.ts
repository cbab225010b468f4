import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, supportProcedure } from '../procedures.ts';

/**
 * A heartbeat: the caller's tab still shows the order. `doing` is the action that is being written (`refund`), null
 * while just looking. Colleagues are told by `support.order.live`.
 */
export const orderAttend = supportProcedure
  .input(
    forOrder({
      tabId: idSchema,
      doing: z
        .string()
        .regex(/^[a-z][a-z-]{1,30}$/)
        .nullable(),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, tabId, doing } = input;
    ctx.runtime.presence.beat({ orderId, tabId, personId: ctx.viewer.id, name: ctx.viewer.name }, doing);
  });
