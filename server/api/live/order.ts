import { z } from 'zod';
import { forOrder, ownOrderOrStaffProcedure } from '../procedures.ts';
import { customerType } from '../shop/customer-view.ts';
import { orderUpdates, orResume } from './order-updates.ts';

/** The text form of a store position. */
const position = z.string().max(60);

/**
 * Tells that something happened to an order: each event's type (null for customers where it may be hidden), stream, version and position, once and in store
 * order. The id of each message is its position; a lost connection resumes after the last one (`lastEventId`), a
 * page starts after the position of the row that it shows (`after`). What happened, the screen asks for, with the
 * position as its token.
 */
export const liveOrder = ownOrderOrStaffProcedure('support', 'warehouse', 'admin', 'auditor')
  .input(forOrder({ after: position.nullish(), lastEventId: position.nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    try {
      yield* orderUpdates(ctx, input.orderId, input, signal, ctx.isStaff ? undefined : customerType);
    } catch (error) {
      throw orResume(error);
    }
  });
