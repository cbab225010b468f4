import { randomUUID } from 'node:crypto';
import type { FindViewer } from '#server/auth/viewer.ts';
import { cookieValue } from '#server/http/cookies.ts';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';
import type { Freshness } from '#server/runtime/wait-for.ts';
import { tokenCookie, worseFreshness } from './freshness.ts';
import { appRouter } from './router.ts';
import { createCallerFactory } from './trpc.ts';

const createRouterCaller = createCallerFactory(appRouter);

/** Calls procedures in this process, as the person whose cookies these are. */
export type PageCaller = {
  readonly api: ReturnType<typeof createRouterCaller>;
  /** The worst freshness of what was read so far; null when nothing had to be waited for. */
  readonly freshness: () => Freshness | null;
};

export type CreatePageCaller = (cookieHeader: string | undefined) => Promise<PageCaller>;

declare global {
  /** Put here by server/web.ts: Next's bundle has no instance of the router, only its type. */
  var __waybillCaller: CreatePageCaller | undefined;
}

/** The door through which server components reach the API: session and consistency token come from the cookies. */
export const createPageCaller =
  (runtime: WaybillRuntime, findViewer: FindViewer): CreatePageCaller =>
  async (cookieHeader) => {
    let freshness: Freshness | null = null;
    const requestId = randomUUID();
    const api = createRouterCaller({
      requestId,
      runtime,
      log: runtime.log.child({ requestId }),
      viewer: await findViewer(cookieHeader),
      token: cookieValue(cookieHeader, tokenCookie),
      reportFreshness: (reported) => {
        freshness = freshness === null ? reported : worseFreshness(freshness, reported);
      },
    });
    return { api, freshness: () => freshness };
  };
