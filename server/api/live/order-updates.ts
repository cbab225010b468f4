import { TRPCError, tracked } from '@trpc/server';
import { parsePosition } from '#domain/shared/store-position.ts';
import { LiveFeedClosed } from '#server/runtime/live-feed.ts';
import type { ApiContext } from '../context.ts';

/** From where a stream resumes: the last message that was got, else the row that the page shows. */
export type ResumeFrom = {
  readonly after?: string | null | undefined;
  readonly lastEventId?: string | null | undefined;
};

/** Retryable: the client subscribes again after the last position that it got. */
export const orResume = (error: unknown): unknown =>
  error instanceof LiveFeedClosed ? new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: error }) : error;

/** Each event of an order as a message whose id is its position. What happened, the screen asks for; `told`: the type, or null. */
export async function* orderUpdates(
  { runtime }: Pick<ApiContext, 'runtime'>,
  orderId: string,
  { lastEventId, after }: ResumeFrom,
  signal: AbortSignal | undefined,
  told: (type: string) => string | null = (type) => type,
) {
  const from = lastEventId ?? after ?? null;
  // A position that is none starts from now: the screen has then just loaded anyway.
  const position = from === null ? null : parsePosition(from);
  for await (const update of runtime.liveFeed.subscribe({ orderKey: orderId }, position, signal)) {
    const { type, streamId, version, eventId, correlationId } = update;
    yield tracked(update.position, { type: told(type), streamId, version, eventId, correlationId });
  }
}
