import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import type { PresentPerson } from '#server/runtime/presence-book.ts';
import { orderUpdates, orResume } from '../live/order-updates.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { merged } from './merged.ts';

const position = z.string().max(60);

async function* asMessages(changes: AsyncGenerator<readonly PresentPerson[]>) {
  for await (const people of changes) yield { people };
}

/**
 * What `live.order` tells, and in the same stream the colleagues on the order: at once and with each change. While it
 * stands they see the caller too. One stream for both: a browser has six connections for all of its tabs.
 */
export const orderLive = supportProcedure
  .input(forOrder({ tabId: idSchema, after: position.nullish(), lastEventId: position.nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const { orderId, tabId } = input;
    const { id: personId, name } = ctx.viewer;
    const end = new AbortController();
    const ends = signal ? AbortSignal.any([signal, end.signal]) : end.signal;
    const people = ctx.runtime.presence.attend({ orderId, tabId, personId, name }, ends);
    try {
      yield* merged(orderUpdates(ctx, orderId, input, ends), asMessages(people));
    } catch (error) {
      throw orResume(error);
    } finally {
      // One of the two has ended: the other must not go on for nobody.
      end.abort();
    }
  });
