import { TRPCClientError } from '@trpc/client';
import type { ApiErrorData } from '#server/api/error-shape.ts';
import type { Refusal } from '#server/api/refusal.ts';
import type { AnyRejection } from '#server/api/rejection-codes.ts';
import type { AppRouter } from '#server/api/router.ts';

const dataOf = (error: unknown): ApiErrorData | null =>
  error instanceof TRPCClientError ? ((error as TRPCClientError<AppRouter>).data ?? null) : null;

const refusalOf = (error: unknown): Refusal | null => dataOf(error)?.refusal ?? null;

/** The rejection behind an error, to act on its code; null for any other error. */
export const rejectionOf = (error: unknown): AnyRejection | null => {
  const refusal = refusalOf(error);
  return refusal?.kind === 'rejected' ? refusal.rejection : null;
};

/** What others did, when a command came too late; null for any other error. */
export const conflictOf = (error: unknown): Extract<Refusal, { kind: 'conflict' }> | null => {
  const refusal = refusalOf(error);
  return refusal?.kind === 'conflict' ? refusal : null;
};

/** The words for the person on the screen. Every error has some. */
export const wordsOf = (error: unknown): string =>
  dataOf(error)?.words ?? 'Waybill can’t be reached. Check the connection and try again; nothing is done twice.';

/** What support can look up; undefined when the server was never reached. */
export const referenceOf = (error: unknown): string | undefined => dataOf(error)?.reference ?? undefined;

/** By field path (`address.city`): what to mend. Empty for any other error. */
export const fieldErrorsOf = (error: unknown): Readonly<Record<string, string>> => dataOf(error)?.fields ?? {};

const passing: ReadonlySet<string> = new Set([
  'SERVICE_UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL_SERVER_ERROR',
  'BAD_GATEWAY',
]);

/** Whether asking again, unchanged, may help: nobody answered, or the server could not just then. */
export const isPassing = (error: unknown): boolean => {
  const data = dataOf(error);
  return data === null ? !isAbort(error) : passing.has(data.code);
};

const isAbort = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'AbortError' || (error.cause instanceof Error && isAbort(error.cause)));

/** tRPC's code of an error, such as `UNAUTHORIZED`; null when the server was never reached. */
export const codeOf = (error: unknown): string | null => dataOf(error)?.code ?? null;
