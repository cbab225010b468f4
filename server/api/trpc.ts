import { initTRPC, TRPCError } from '@trpc/server';
import type { ProjectionName } from '#server/projections/registry.ts';
import type { AccessRule } from './access.ts';
import type { ApiContext } from './context.ts';
import { errorData } from './error-shape.ts';

/** What a procedure declares of itself. */
export type ApiMeta = {
  /** Who may call it. Without one a procedure refuses every call, and a test fails. */
  readonly access?: AccessRule;
  /** The projections that it reads: the server waits until they have passed the client's token. */
  readonly reads?: readonly ProjectionName[];
};

/** How long a live stream stands before its client has to ask for it again, from the last message on. */
export const streamMsMax = 120_000;

const t = initTRPC
  .context<ApiContext>()
  .meta<ApiMeta>()
  .create({
    isDev: false, // no stack ever leaves the server
    errorFormatter: ({ error, shape, path, ctx }) => {
      const data = errorData(error, shape.data.httpStatus, { path, reference: ctx?.requestId });
      return { code: shape.code, message: data.words, data };
    },
    sse: {
      // A stream outlives neither a sign-out nor a link for long: its client comes back, and is asked again who it is.
      maxDurationMs: streamMsMax,
      ping: { enabled: true, intervalMs: 10_000 },
      client: { reconnectAfterInactivityMs: 30_000 },
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
export const middleware = t.middleware;

/** Every call passes here, whatever it was built from: without a declared rule nothing is answered. */
const refuseUndeclared = middleware(({ meta, next, path }) => {
  if (!meta?.access) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR', message: `${path} declares no access rule` });
  return next();
});

/** Without an access rule. Only `procedures.ts` may build on it: everything else starts from a builder with a rule. */
export const bareProcedure = t.procedure.use(refuseUndeclared);
