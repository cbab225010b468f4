import { router } from '../trpc.ts';
import { analyticsOverview } from './analytics-overview.ts';
import { analyticsSpans } from './analytics-spans.ts';
import { fulfillmentList } from './fulfillment-list.ts';
import { fulfillmentSummary } from './fulfillment-summary.ts';
import { inventoryAdjust } from './inventory-adjust.ts';
import { inventoryLedger } from './inventory-ledger.ts';
import { inventoryList } from './inventory-list.ts';
import { inventoryReceive } from './inventory-receive.ts';
import { inventorySetSafetyStock } from './inventory-set-safety-stock.ts';
import { parkedRetry } from './parked-retry.ts';
import { parkedSkip } from './parked-skip.ts';
import { rebuildCancel } from './rebuild-cancel.ts';
import { rebuildPause } from './rebuild-pause.ts';
import { rebuildRequest } from './rebuild-request.ts';
import { systemPulse } from './system-pulse.ts';
import { systemStatus } from './system-status.ts';
import { warehouses } from './warehouses.ts';
import { workRetryEffect } from './work-retry-effect.ts';
import { workRetryOrder } from './work-retry-order.ts';

/** What administrators do. */
export const adminRouter = router({
  warehouses,
  fulfillment: router({ list: fulfillmentList, summary: fulfillmentSummary }),
  inventory: router({
    list: inventoryList,
    ledger: inventoryLedger,
    receive: inventoryReceive,
    adjust: inventoryAdjust,
    setSafetyStock: inventorySetSafetyStock,
  }),
  analytics: router({ overview: analyticsOverview, spans: analyticsSpans }),
  system: router({ status: systemStatus, pulse: systemPulse }),
  rebuild: router({ request: rebuildRequest, pause: rebuildPause, cancel: rebuildCancel }),
  parked: router({ retry: parkedRetry, skip: parkedSkip }),
  work: router({ retryEffect: workRetryEffect, retryOrder: workRetryOrder }),
});
