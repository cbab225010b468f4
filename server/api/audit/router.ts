import { router } from '../trpc.ts';
import { historySearch } from './history-search.ts';
import { orderEvents } from './order-events.ts';
import { reference } from './reference.ts';
import { stockLedger } from './stock-ledger.ts';
import { stockList } from './stock-list.ts';

/** What auditors read. Nothing here writes. */
export const auditRouter = router({
  reference,
  history: router({ search: historySearch }),
  order: router({ events: orderEvents }),
  stock: router({ list: stockList, ledger: stockLedger }),
});
