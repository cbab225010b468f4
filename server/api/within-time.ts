import { TRPCError } from '@trpc/server';
import { middleware } from './trpc.ts';

/** The longest that a query or a mutation may take. A mutation may still be recorded; its retry tells. */
const mostMs = 15_000;

/** Answers TIMEOUT instead of letting a caller hang. Subscriptions last as long as somebody listens. */
export const withinTime = middleware(({ type, path, next }) => {
  if (type === 'subscription') return next();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new TRPCError({ code: 'TIMEOUT', message: `${path} took longer than ${mostMs} ms` })),
      mostMs,
    );
  });
  return Promise.race([next(), late]).finally(() => clearTimeout(timer));
});
