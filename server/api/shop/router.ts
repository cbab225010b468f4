import { router } from '../trpc.ts';
import { catalogCategories } from './catalog-categories.ts';
import { catalogGet } from './catalog-get.ts';
import { catalogList } from './catalog-list.ts';
import { orderCancel } from './order-cancel.ts';
import { orderGet } from './order-get.ts';
import { ordersList } from './orders-list.ts';
import { placeOrder } from './place-order.ts';
import { quote } from './quote.ts';

/** What customers and guests do. */
export const shopRouter = router({
  catalog: router({ list: catalogList, get: catalogGet, categories: catalogCategories }),
  quote,
  placeOrder,
  order: router({ get: orderGet, cancel: orderCancel }),
  orders: router({ list: ordersList }),
});
