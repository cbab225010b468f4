import type { DomainEvent } from '../events/registry.ts';
import type { AmendmentDeclineReason, AmendmentRequested } from '../order/amendment-events.ts';
import type { DraftOrderCreated } from '../order/draft-events.ts';
import type { OrderPlaced, OrderRejectionReason } from '../order/events.ts';
import { isErased, type Personal, revealed } from '../shared/personal.ts';

/** How amounts and codes are written; the screen passes its own. */
export type EventFormat = {
  readonly money: (amountMinor: number, currency: string) => string;
  /** A warehouse's name, such as `Porto` for `PORTO`. */
  readonly warehouse: (code: string) => string;
  /** The name of an account of the staff. */
  readonly staff: (id: string) => string;
};

export type EventWords = {
  /** One sentence without its full stop: "Picking started in Porto". */
  readonly title: string;
  /** What a person wrote, shown as a quotation. */
  readonly quote?: string;
};

const erasedWord = 'erased';

const count = (quantity: number, one: string, many: string): string => `${quantity} ${quantity === 1 ? one : many}`;
const units = (quantity: number): string => count(quantity, 'unit', 'units');
const lineCount = (lines: readonly unknown[]): string => count(lines.length, 'line', 'lines');

const placedTitle = ({ contact, lines, totals, currency }: OrderPlaced, { money }: EventFormat): string => {
  const who = revealed(contact, ({ name }) => name, 'a customer whose data were erased');
  return `Order placed by ${who}: ${lineCount(lines)} for ${money(totals.grandTotalMinor, currency)}`;
};

const rejectedTitle = (reason: OrderRejectionReason): string => {
  switch (reason.code) {
    case 'SoldOut':
      return `Order rejected: ${lineCount(reason.lines)} sold out`;
    case 'PaymentDeclined':
      return 'Order rejected: the bank declined the card';
    case 'PaymentNotCompleted':
      return 'Order rejected: the payment was not completed in time';
    case 'Unavailable':
      return 'Order rejected: the seller could not supply it';
  }
};

/** What each mail is called: "Mail sent: order confirmation". */
export const mailNames = {
  'order-confirmed': 'order confirmation',
  'order-rejected': 'order rejection',
  'order-shipped': 'shipping notice',
  'order-canceled': 'cancellation notice',
  'payment-refunded': 'refund notice',
  'order-lines-canceled': 'partial cancellation notice',
  'return-approved': 'return approval',
  'return-declined': 'return decline notice',
  'return-received': 'return arrival notice',
} as const;

const quoted = (title: string, text: Personal<string>): EventWords => ({
  title,
  quote: isErased(text) ? erasedWord : text,
});

/** What gateways say of refunds, for whoever has to do something about it. */
const refundProblems: Readonly<Record<string, string>> = {
  taken_elsewhere: 'the payment was taken in another system. Refund it there',
  // The gateway that moves no money knows only what was paid through it.
  not_refundable: 'the gateway knows of no such payment, or has given it all back',
  charge_already_refunded: 'all of it was given back already',
  charge_disputed: 'the customer disputes the payment with their bank, which decides',
  expired_or_canceled_card: 'the card is no longer valid. Agree on another way with the customer',
  lost_or_stolen_card: 'the card was reported lost. Agree on another way with the customer',
  insufficient_funds: 'our own balance at the gateway is too low. Ask finance',
};

type CountedSku = { readonly sku: string; readonly quantity: number };

/** "2 × MUG-BLUE", or how many of how many where that would be long. */
const piecesOf = (lines: readonly CountedSku[]): string =>
  lines.length <= 3
    ? lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(', ')
    : `${units(lines.reduce((total, { quantity }) => total + quantity, 0))} of ${lineCount(lines)}`;

const dispositionWords = { restock: 'put back on sale', damaged: 'damaged', refused: 'not accepted' } as const;

const totalsWords = (
  { currency, totalsBefore, totalsAfter }: Pick<AmendmentRequested, 'currency' | 'totalsBefore' | 'totalsAfter'>,
  { money }: EventFormat,
): string => {
  const [before, after] = [totalsBefore.grandTotalMinor, totalsAfter.grandTotalMinor];
  return before === after
    ? `the total stays ${money(after, currency)}`
    : `${money(before, currency)} becomes ${money(after, currency)}`;
};

const declinedTitle = (reason: AmendmentDeclineReason): string => {
  switch (reason.code) {
    case 'SoldOut':
      return `Change not made: ${lineCount(reason.lines)} sold out`;
    case 'PaymentDeclined':
      return 'Change not made: the bank declined the card';
    case 'PaymentNotCompleted':
      return 'Change not made: the payment was not completed in time';
    case 'OrderMoved':
      return 'Change not made: the order went on meanwhile';
  }
};

type WordsOf = {
  readonly [Type in DomainEvent['type']]: (
    event: Extract<DomainEvent, { type: Type }>,
    format: EventFormat,
  ) => EventWords;
};

const draftWords = (
  { contact, lines, totals, currency }: Pick<DraftOrderCreated, 'contact' | 'lines' | 'totals' | 'currency'>,
  { money }: EventFormat,
): string => {
  const who = revealed(contact, ({ name }) => name, 'a customer whose data were erased');
  return `for ${who}: ${lineCount(lines)}, ${money(totals.grandTotalMinor, currency)}`;
};

const words: WordsOf = {
  DraftOrderCreated: (event, format) => ({ title: `Draft begun ${draftWords(event, format)}` }),
  DraftOrderRevised: (event, format) => ({ title: `Draft changed ${draftWords(event, format)}` }),
  DraftOrderDiscarded: () => ({ title: 'Draft discarded' }),
  OrderPlaced: (event, format) => ({ title: placedTitle(event, format) }),
  OrderConfirmed: () => ({ title: 'Order confirmed' }),
  OrderRejected: ({ reason }) => ({ title: rejectedTitle(reason) }),
  OrderCanceled: ({ reason, restock }) =>
    quoted(restock ? 'Order canceled, the goods go back on sale' : 'Order canceled', reason),
  OrderCompleted: () => ({ title: 'Order completed' }),
  OrderHoldPlaced: ({ reason }) => quoted('Hold placed', reason),
  OrderHoldReleased: () => ({ title: 'Hold released' }),
  OrderNoteAdded: ({ text, visibility }) =>
    quoted(visibility === 'customer' ? 'Note added, visible to the customer' : 'Note added', text),
  NotificationSent: ({ template }) => ({ title: `Mail sent: ${mailNames[template]}` }),
  OrderTagged: ({ tag }) => ({ title: `Tagged ${tag}` }),
  OrderUntagged: ({ tag }) => ({ title: `Tag ${tag} removed` }),
  OrderAssigned: ({ from, to }, { staff }) => {
    if (to === null) return { title: `No longer assigned to ${staff(from ?? '')}` };
    return { title: from === null ? `Assigned to ${staff(to)}` : `Assigned to ${staff(to)}, before to ${staff(from)}` };
  },
  AmendmentRequested: (event, format) => ({ title: `Change asked for: ${totalsWords(event, format)}` }),
  OrderLineAdded: ({ line }) => ({ title: `Added ${line.quantity} × ${line.name}` }),
  OrderLineQuantityChanged: ({ sku, from, to }) => ({ title: `Quantity of ${sku} changed from ${from} to ${to}` }),
  OrderLineRemoved: ({ sku, quantity }) => ({ title: `Removed ${quantity} × ${sku}` }),
  OrderLinePriceOverridden: ({ sku, currency, from, to, reason }, { money }) =>
    quoted(`Price of ${sku} changed from ${money(from, currency)} to ${money(to, currency)}`, reason),
  DiscountApplied: ({ discount }) => ({ title: `Discount ${discount.code} applied` }),
  DiscountRemoved: ({ discount }) => ({ title: `Discount ${discount.code} removed` }),
  ShippingAddressChanged: ({ to }) => ({ title: `Goes to ${to.city}, ${to.country} now` }),
  ShippingMethodChanged: ({ from, to }) => ({ title: `Shipping changed from ${from.name} to ${to.name}` }),
  OrderAmended: (event, format) => ({ title: `Order amended: ${totalsWords(event, format)}` }),
  AmendmentDeclined: ({ reason }) => ({ title: declinedTitle(reason) }),
  OrderLinesCanceled: ({ lines, reason, restock }) =>
    quoted(`${piecesOf(lines)} canceled${restock ? ', back on sale' : ', not back on sale'}`, reason),
  ReturnRequested: ({ lines, reason, resolution }) =>
    quoted(
      `Return of ${piecesOf(lines)} asked for, for ${resolution === 'refund' ? 'a refund' : 'an exchange'}`,
      reason,
    ),
  ReturnApproved: () => ({ title: 'Return approved' }),
  ReturnDeclined: ({ reason }) => quoted('Return declined', reason),
  NotificationRequested: ({ template }) => ({ title: `Asked for another mail: ${mailNames[template]}` }),

  AuthorizationRequested: ({ amountMinor, currency }, { money }) => ({
    title: `Bank asked to authorize ${money(amountMinor, currency)}`,
  }),
  PaymentActionRequired: () => ({ title: 'Bank asked the customer to confirm the payment' }),
  PaymentAuthorized: ({ amountMinor, currency }, { money }) => ({
    title: `Payment authorized for ${money(amountMinor, currency)}`,
  }),
  PaymentDeclined: ({ code }) => quoted('Payment declined', code),
  AuthorizationExpired: () => ({ title: 'Authorization expired' }),
  CaptureRequested: ({ amountMinor, currency }, { money }) => ({
    title: `Capture of ${money(amountMinor, currency)} requested`,
  }),
  PaymentCaptured: ({ amountMinor, currency }, { money }) => ({ title: `${money(amountMinor, currency)} captured` }),
  CaptureFailed: ({ code }) => quoted('Capture failed', code),
  VoidRequested: () => ({ title: 'Release of the authorization requested' }),
  PaymentVoided: () => ({ title: 'Authorization released: what was not charged is free again' }),
  RefundRequested: ({ amountMinor, currency, reason }, { money }) =>
    quoted(`Refund of ${money(amountMinor, currency)} requested`, reason),
  PaymentRefunded: ({ amountMinor, currency }, { money }) => ({ title: `${money(amountMinor, currency)} refunded` }),
  RefundFailed: ({ code }) => {
    const why = refundProblems[code];
    return why ? { title: `Refund failed: ${why}` } : quoted('Refund failed', code);
  },

  FulfillmentCreated: ({ warehouse, lines, sourcing }, format) =>
    sourcing === ''
      ? { title: `${lineCount(lines)} assigned to ${format.warehouse(warehouse)}` }
      : { title: `${lineCount(lines)} assigned to ${format.warehouse(warehouse)}: ${sourcing}` },
  FulfillmentHeld: ({ reason }) => quoted('Fulfillment held', reason),
  FulfillmentReleased: () => ({ title: 'Fulfillment released' }),
  PickingStarted: ({ warehouse }, format) => ({ title: `Picking started in ${format.warehouse(warehouse)}` }),
  ItemPicked: ({ sku, quantity }) => ({ title: `${quantity} × ${sku} picked` }),
  ShortPickReported: ({ sku, missing }) => ({ title: `${missing} × ${sku} not in the bin` }),
  FulfillmentPacked: ({ packages }) => ({ title: `Packed in ${count(packages.length, 'parcel', 'parcels')}` }),
  FulfillmentShipped: ({ carrier, trackingNumber, warehouse }, format) => ({
    title: `Shipped from ${format.warehouse(warehouse)} with ${carrier}, ${trackingNumber}`,
  }),
  TrackingUpdated: ({ status }) => quoted('Carrier reported', status),
  FulfillmentDelivered: () => ({ title: 'Delivered' }),
  DeliveryFailed: ({ reason }) => quoted('Delivery failed', reason),
  FulfillmentCanceled: ({ reason }) => quoted('Fulfillment canceled', reason),

  FulfillmentReduced: ({ lines, isEmpty }) => ({
    title: isEmpty ? 'Nothing is left to pick of it' : `${piecesOf(lines)} taken off the picking list`,
  }),
  FulfillmentExtended: ({ lines }) => ({ title: `${piecesOf(lines)} added to the picking list` }),
  FulfillmentReaddressed: ({ shipTo }) => ({ title: `Delivery goes to ${shipTo.city}, ${shipTo.country} now` }),
  ReturnReceived: ({ lines }) => ({ title: `Return received: ${piecesOf(lines)}` }),
  ReturnInspected: ({ lines }) => ({
    title: `Return inspected: ${lines.map(({ quantity, sku, disposition }) => `${quantity} × ${sku} ${dispositionWords[disposition]}`).join(', ')}`,
  }),

  StockReceived: ({ quantity, warehouse }, format) => ({
    title: `${units(quantity)} received in ${format.warehouse(warehouse)}`,
  }),
  StockReserved: ({ quantity, sku }) => ({ title: `${quantity} × ${sku} reserved` }),
  StockReservationRejected: ({ requested, available, sku }) => ({
    title: `${requested} × ${sku} wanted, ${available === 0 ? 'none' : available} available`,
  }),
  ReservationReleased: ({ quantity, sku, reason }) => quoted(`Reservation of ${quantity} × ${sku} released`, reason),
  ReservationExpired: ({ quantity, sku }) => ({ title: `Reservation of ${quantity} × ${sku} expired` }),
  StockAllocated: ({ sku, placements }, format) => ({
    title: placements
      .map(({ warehouse, quantity }) => `${quantity} × ${sku} set aside in ${format.warehouse(warehouse)}`)
      .join(', '),
  }),
  AllocationReleased: ({ quantity, sku, restock }) => ({
    title: `${quantity} × ${sku} ${restock ? 'put back on sale' : 'taken off sale'}`,
  }),
  StockShipped: ({ quantity, sku, warehouse }, format) => ({
    title: `${quantity} × ${sku} left ${format.warehouse(warehouse)}`,
  }),
  StockReturned: ({ quantity, warehouse, disposition }, format) => ({
    title: `${units(quantity)} came back to ${format.warehouse(warehouse)}, ${dispositionWords[disposition]}`,
  }),
  StockAdjusted: ({ delta, warehouse, reason }, format) =>
    quoted(`Stock in ${format.warehouse(warehouse)} corrected by ${delta < 0 ? `−${-delta}` : `+${delta}`}`, reason),
  LowStockReached: ({ available, threshold }) => ({
    title: `Low stock: ${available} left, safety stock is ${threshold}`,
  }),
  SafetyStockSet: ({ threshold }) => ({ title: `Safety stock set to ${threshold}` }),
};

/**
 * An event in plain words, for timelines. Amounts and warehouse names pass through `format`; erased personal values
 * read "erased".
 */
export const describeEvent = (event: DomainEvent, format: EventFormat): EventWords => {
  // The table is exhaustive by its type; only the pairing of an event with its own entry can't be told to the compiler.
  const put = words[event.type] as (event: DomainEvent, format: EventFormat) => EventWords;
  return put(event, format);
};
