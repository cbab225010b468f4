import { router } from '../trpc.ts';
import { deliver } from './deliver.ts';
import { failDelivery } from './fail-delivery.ts';
import { fulfillmentGet } from './fulfillment-get.ts';
import { inspectReturn } from './inspect-return.ts';
import { pack } from './pack.ts';
import { pickItem } from './pick-item.ts';
import { queueCounts } from './queue-counts.ts';
import { queueList } from './queue-list.ts';
import { receiveReturn } from './receive-return.ts';
import { reportShortPick } from './report-short-pick.ts';
import { returnsList } from './returns-list.ts';
import { ship } from './ship.ts';
import { shipmentsList } from './shipments-list.ts';
import { startPicking } from './start-picking.ts';
import { warehousesList } from './warehouses-list.ts';

/** What the warehouse does. */
export const warehouseRouter = router({
  warehouses: router({ list: warehousesList }),
  queue: router({ list: queueList, counts: queueCounts }),
  shipments: router({ list: shipmentsList }),
  fulfillment: router({
    get: fulfillmentGet,
    startPicking,
    pickItem,
    reportShortPick,
    pack,
    ship,
    deliver,
    failDelivery,
  }),
  returns: router({ list: returnsList, receive: receiveReturn, inspect: inspectReturn }),
});
