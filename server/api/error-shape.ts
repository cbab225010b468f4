import type { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { RecordingPaused } from '#server/runtime/recording.ts';
import type { Refusal } from './refusal.ts';
import { RefusalCause } from './refusal.ts';

/** What every error of the API carries under `data`. */
export type ApiErrorData = {
  readonly code: TRPCError['code'];
  readonly httpStatus: number;
  /** What happened and what to do, for the person on the screen. */
  readonly words: string;
  /** Set when the command was refused rather than failed. */
  readonly refusal: Refusal | null;
  /** By field path (`address.city`): what to mend. Only for an input that does not fit. */
  readonly fields: Readonly<Record<string, string>> | null;
  /** The request's id: what support and the log know this error by. */
  readonly reference: string | null;
  readonly path: string | null;
};

const wordsByCode: Partial<Record<TRPCError['code'], string>> = {
  UNAUTHORIZED: 'Sign in to do this.',
  FORBIDDEN: 'Your account may not do this.',
  NOT_FOUND: 'There is no such thing, or it is not yours.',
  BAD_REQUEST: 'Some of what was sent does not fit. Check the fields and try again.',
  PARSE_ERROR: 'The request could not be read.',
  PAYLOAD_TOO_LARGE: 'The request is too large.',
  UNSUPPORTED_MEDIA_TYPE: 'Only JSON is understood here.',
  TOO_MANY_REQUESTS: 'Too many attempts. Wait a minute, then try again.',
  SERVICE_UNAVAILABLE: 'Too much is going on just now. Try again in a few seconds; nothing is done twice.',
  TIMEOUT: 'This took too long. Try again; nothing is done twice.',
  CLIENT_CLOSED_REQUEST: 'The request was given up.',
  METHOD_NOT_SUPPORTED: 'This address is asked in another way.',
};

const somethingFailed = 'Something failed on our side. Try again; nothing is done twice.';

/** Errors that we threw with words of our own, and so may be shown as they are. */
const speaksForItself = (error: TRPCError): boolean => error.cause instanceof RefusalCause;

const wordsFor = (error: TRPCError): string => {
  if (error.cause instanceof RecordingPaused) return error.cause.message;
  return speaksForItself(error) ? error.message : (wordsByCode[error.code] ?? somethingFailed);
};

const fieldsOf = (error: ZodError): Record<string, string> =>
  Object.fromEntries(error.issues.map((issue) => [issue.path.join('.'), issue.message]));

/** Never lets a message of the infrastructure through: an unknown error is a reference to the log. */
export const errorData = (
  error: TRPCError,
  httpStatus: number,
  where: { readonly path: string | undefined; readonly reference: string | undefined },
): ApiErrorData => ({
  code: error.code,
  httpStatus,
  words: wordsFor(error),
  refusal: error.cause instanceof RefusalCause ? error.cause.refusal : null,
  fields: error.cause instanceof ZodError ? fieldsOf(error.cause) : null,
  reference: where.reference ?? null,
  path: where.path ?? null,
});
