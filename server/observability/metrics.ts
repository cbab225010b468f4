import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export type RouteKind = 'trpc' | 'live' | 'auth' | 'webhook' | 'payments' | 'export' | 'health' | 'metrics' | 'page';

/** What a web process measures. A registry of its own, so that tests may start several. */
export const createWebMetrics = () => {
  const registry = new Registry();
  // Its timer would wake an idle process a hundred times a second.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const registers = [registry];
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'waybill_http_request_seconds',
      help: 'Time from the request to the end of its response, by kind of route and class of status.',
      labelNames: ['route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    procedureErrors: new Counter({
      name: 'waybill_procedure_errors_total',
      help: 'Calls of tRPC procedures that were refused or failed, by path and error code.',
      labelNames: ['path', 'code'],
      registers,
    }),
    openStreams: new Gauge({
      name: 'waybill_live_streams',
      help: 'Server-sent event streams that are open now.',
      registers,
    }),
    reads: new Counter({
      name: 'waybill_reads_total',
      help: 'Reads with a consistency token, by how fresh the answer was.',
      labelNames: ['freshness'],
      registers,
    }),
  };
};

export type WebMetrics = ReturnType<typeof createWebMetrics>;
