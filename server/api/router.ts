import { adminRouter } from './admin/router.ts';
import { auditRouter } from './audit/router.ts';
import { liveOrder } from './live/order.ts';
import { liveOrders } from './live/orders.ts';
import { me } from './session/me.ts';
import { shopRouter } from './shop/router.ts';
import { supportRouter } from './support/router.ts';
import { router } from './trpc.ts';
import { warehouseRouter } from './warehouse/router.ts';

/** The table of contents: one folder a role, one procedure a file (server/api/README.md). */
export const appRouter = router({
  session: router({ me }),
  shop: shopRouter,
  support: supportRouter,
  warehouse: warehouseRouter,
  admin: adminRouter,
  audit: auditRouter,
  live: router({ order: liveOrder, orders: liveOrders }),
});

export type AppRouter = typeof appRouter;
