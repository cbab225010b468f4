import { TRPCError } from '@trpc/server';
import { PoolExhausted } from '#server/runtime/pool-deadline.ts';
import { RecordingPaused } from '#server/runtime/recording.ts';
import { middleware } from './trpc.ts';

/** Errors of the driver and the server that pass: no connection now, restarting, too many clients. */
const passing: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '53300', // too_many_connections
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
]);

/** The server's socket goes with it, and comes back with it (ADR 25); a file of ours that is missing is another matter. */
const isSocketGone = (cause: Error): boolean =>
  'code' in cause && cause.code === 'ENOENT' && 'syscall' in cause && cause.syscall === 'connect';

/** Whether an error, or what caused it (drizzle wraps), says that the database can't be had just now. */
export const isUnavailable = (error: unknown): boolean => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof PoolExhausted || isSocketGone(cause)) return true;
    if ('code' in cause && passing.has(String(cause.code))) return true;
  }
  return false;
};

/** For want of room on the disk: it passes when somebody makes some. */
const isDiskFull = (error: unknown): boolean => {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
    if ('code' in cause && cause.code === '53100') return true;
  return false;
};

const recordingPaused = (cause?: Error): TRPCError =>
  new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: new RecordingPaused(cause ? { cause } : undefined) });

/** Nothing is begun that could not be recorded: while the disk is full, mutations are refused in words. */
export const refuseWhilePaused = middleware(({ ctx, type, next }) => {
  if (type === 'mutation' && ctx.runtime.recording.isPaused()) throw recordingPaused();
  return next();
});

/** Says 503 and not 500 where asking again in a moment will help. */
export const tellUnavailable = middleware(async ({ ctx, next }) => {
  const result = await next();
  if (!result.ok && isDiskFull(result.error)) {
    ctx.runtime.recording.refused();
    throw recordingPaused(result.error);
  }
  if (!result.ok && result.error.code === 'INTERNAL_SERVER_ERROR' && isUnavailable(result.error))
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: result.error.cause });
  return result;
});
