import { router } from '../trpc.ts';
import { customerOrders } from './customer-orders.ts';
import { orderAddNote } from './order-add-note.ts';
import { orderAssign } from './order-assign.ts';
import { orderAttend } from './order-attend.ts';
import { orderCancel } from './order-cancel.ts';
import { orderGet } from './order-get.ts';
import { orderHistory } from './order-history.ts';
import { orderLive } from './order-live.ts';
import { orderPlaceHold } from './order-place-hold.ts';
import { orderRefund } from './order-refund.ts';
import { orderReleaseHold } from './order-release-hold.ts';
import { orderResendConfirmation } from './order-resend-confirmation.ts';
import { orderTag } from './order-tag.ts';
import { orderUntag } from './order-untag.ts';
import { ordersCounts } from './orders-counts.ts';
import { ordersLive } from './orders-live.ts';
import { ordersRows } from './orders-rows.ts';
import { ordersSearch } from './orders-search.ts';
import { reference } from './reference.ts';
import { tags } from './tags.ts';

/** What support agents do. */
export const supportRouter = router({
  reference,
  tags,
  orders: router({ search: ordersSearch, rows: ordersRows, counts: ordersCounts, live: ordersLive }),
  order: router({
    get: orderGet,
    history: orderHistory,
    live: orderLive,
    attend: orderAttend,
    cancel: orderCancel,
    refund: orderRefund,
    placeHold: orderPlaceHold,
    releaseHold: orderReleaseHold,
    addNote: orderAddNote,
    resendConfirmation: orderResendConfirmation,
    tag: orderTag,
    untag: orderUntag,
    assign: orderAssign,
  }),
  customer: router({ orders: customerOrders }),
});
