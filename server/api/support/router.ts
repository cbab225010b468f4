import { router } from '../trpc.ts';
import { customerOrders } from './customer-orders.ts';
import { orderAddNote } from './order-add-note.ts';
import { orderAmend } from './order-amend.ts';
import { orderApproveReturn, orderDeclineReturn } from './order-answer-return.ts';
import { orderCancel } from './order-cancel.ts';
import { orderCancelLines } from './order-cancel-lines.ts';
import { orderGet } from './order-get.ts';
import { orderHistory } from './order-history.ts';
import { orderPlaceHold } from './order-place-hold.ts';
import { orderQuoteAmendment } from './order-quote-amendment.ts';
import { orderRefund } from './order-refund.ts';
import { orderReleaseHold } from './order-release-hold.ts';
import { orderRequestReturn } from './order-request-return.ts';
import { orderResendConfirmation } from './order-resend-confirmation.ts';
import { ordersCounts } from './orders-counts.ts';
import { ordersLive } from './orders-live.ts';
import { ordersRows } from './orders-rows.ts';
import { ordersSearch } from './orders-search.ts';
import { reference } from './reference.ts';

/** What support agents do. */
export const supportRouter = router({
  reference,
  orders: router({ search: ordersSearch, rows: ordersRows, counts: ordersCounts, live: ordersLive }),
  order: router({
    get: orderGet,
    history: orderHistory,
    cancel: orderCancel,
    refund: orderRefund,
    placeHold: orderPlaceHold,
    releaseHold: orderReleaseHold,
    addNote: orderAddNote,
    resendConfirmation: orderResendConfirmation,
    quoteAmendment: orderQuoteAmendment,
    amend: orderAmend,
    cancelLines: orderCancelLines,
    requestReturn: orderRequestReturn,
    approveReturn: orderApproveReturn,
    declineReturn: orderDeclineReturn,
  }),
  customer: router({ orders: customerOrders }),
});
