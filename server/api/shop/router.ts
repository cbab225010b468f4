import { router } from '../trpc.ts';
import { catalogCategories } from './catalog-categories.ts';
import { catalogGet } from './catalog-get.ts';
import { catalogList } from './catalog-list.ts';
import { challengeAnswer } from './challenge-answer.ts';
import { challengeGet } from './challenge-get.ts';
import { checkoutDefaults } from './checkout-defaults.ts';
import { orderAmend } from './order-amend.ts';
import { orderCancel } from './order-cancel.ts';
import { orderCancelLines } from './order-cancel-lines.ts';
import { orderGet } from './order-get.ts';
import { orderMails } from './order-mails.ts';
import { orderQuoteAmendment } from './order-quote-amendment.ts';
import { orderRequestReturn } from './order-request-return.ts';
import { orderTimeline } from './order-timeline.ts';
import { ordersList } from './orders-list.ts';
import { placeOrder } from './place-order.ts';
import { quote } from './quote.ts';
import { tokenizeCard } from './tokenize-card.ts';

/** What customers and guests do. */
export const shopRouter = router({
  catalog: router({ list: catalogList, get: catalogGet, categories: catalogCategories }),
  quote,
  checkoutDefaults,
  tokenizeCard,
  placeOrder,
  challenge: router({ get: challengeGet, answer: challengeAnswer }),
  order: router({
    get: orderGet,
    timeline: orderTimeline,
    mails: orderMails,
    cancel: orderCancel,
    quoteAmendment: orderQuoteAmendment,
    amend: orderAmend,
    cancelLines: orderCancelLines,
    requestReturn: orderRequestReturn,
  }),
  orders: router({ list: ordersList }),
});
