import type { RequestListener } from 'node:http';
import type { Auth } from '#server/auth/auth.ts';
import type { FindViewer } from '#server/auth/viewer.ts';
import type { WebMetrics } from '#server/observability/metrics.ts';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';
import type { Health } from './health.ts';

/** What the HTTP server is made of. */
export type WebParts = {
  readonly runtime: WaybillRuntime;
  readonly auth: Auth;
  readonly findViewer: FindViewer;
  readonly metrics: WebMetrics;
  readonly health: Health;
  /** The origins whose pages may change anything. */
  readonly origins: ReadonlySet<string>;
  readonly isHttps: boolean;
  readonly isDevelopment: boolean;
  /** Next; null in tests of the API alone. */
  readonly pages: RequestListener | null;
};
