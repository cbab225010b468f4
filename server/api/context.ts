import type { Logger } from 'pino';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';
import type { Freshness } from '#server/runtime/wait-for.ts';
import type { Viewer } from './access.ts';

/** What every procedure gets. Made per request by the HTTP server, and per page by the caller of server components. */
export type ApiContext = {
  readonly requestId: string;
  readonly runtime: WaybillRuntime;
  /** Says the request's id with every line. Never log personal data. */
  readonly log: Logger;
  /** Who is signed in; null for nobody. */
  readonly viewer: Viewer | null;
  /** The newest consistency token that the client has seen; null when it sent none. */
  readonly token: string | null;
  /** Tells the client how fresh what it got is. The worst of a batch wins. */
  readonly reportFreshness: (freshness: Freshness) => void;
};
