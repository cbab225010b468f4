import { router } from '../trpc.ts';
import { customerOrders } from './customer-orders.ts';
import { customersFind } from './customers-find.ts';
import { draftCreate } from './draft-create.ts';
import { draftDiscard } from './draft-discard.ts';
import { draftPlace } from './draft-place.ts';
import { draftQuote } from './draft-quote.ts';
import { draftRevise } from './draft-revise.ts';
import { orderAddNote } from './order-add-note.ts';
import { orderAmend } from './order-amend.ts';
import { orderApproveReturn, orderDeclineReturn } from './order-answer-return.ts';
import { orderAssign } from './order-assign.ts';
import { orderAttend } from './order-attend.ts';
import { orderCancel } from './order-cancel.ts';
import { orderCancelLines } from './order-cancel-lines.ts';
import { orderGet } from './order-get.ts';
import { orderHistory } from './order-history.ts';
import { orderLive } from './order-live.ts';
import { orderPlaceHold } from './order-place-hold.ts';
import { orderQuoteAmendment } from './order-quote-amendment.ts';
import { orderRefund } from './order-refund.ts';
import { orderReleaseHold } from './order-release-hold.ts';
import { orderRequestReturn } from './order-request-return.ts';
import { orderResendConfirmation } from './order-resend-confirmation.ts';
import { orderTag } from './order-tag.ts';
import { orderRetryMail, orderUnsentMails } from './order-unsent-mails.ts';
import { orderUntag } from './order-untag.ts';
import { ordersCounts } from './orders-counts.ts';
import { ordersLive } from './orders-live.ts';
import { ordersRows } from './orders-rows.ts';
import { ordersSearch } from './orders-search.ts';
import { preferencesGet } from './preferences-get.ts';
import { preferencesSave } from './preferences-save.ts';
import { reference } from './reference.ts';
import { tags } from './tags.ts';
import { viewsCounts } from './views-counts.ts';
import { viewsDelete } from './views-delete.ts';
import { viewsList } from './views-list.ts';
import { viewsSave } from './views-save.ts';

/** What support agents do. */
export const supportRouter = router({
  reference,
  tags,
  orders: router({ search: ordersSearch, rows: ordersRows, counts: ordersCounts, live: ordersLive }),
  views: router({ list: viewsList, counts: viewsCounts, save: viewsSave, delete: viewsDelete }),
  preferences: router({ get: preferencesGet, save: preferencesSave }),
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
    unsentMails: orderUnsentMails,
    retryMail: orderRetryMail,
    quoteAmendment: orderQuoteAmendment,
    amend: orderAmend,
    cancelLines: orderCancelLines,
    requestReturn: orderRequestReturn,
    approveReturn: orderApproveReturn,
    declineReturn: orderDeclineReturn,
    tag: orderTag,
    untag: orderUntag,
    assign: orderAssign,
  }),
  draft: router({
    create: draftCreate,
    quote: draftQuote,
    revise: draftRevise,
    place: draftPlace,
    discard: draftDiscard,
  }),
  customer: router({ orders: customerOrders, find: customersFind }),
});
