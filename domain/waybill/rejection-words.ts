import type { InventoryRejection } from '../inventory/decide.ts';
import type { WaybillRejection } from './decide.ts';

export type AnyDomainRejection = WaybillRejection | InventoryRejection;

/** Writes an amount; screens pass the one formatter of the app. */
export type MoneyFormat = (amountMinor: number, currency: string) => string;

/** For the server, which doesn't know the reader's locale: the code and the decimals of the currency. */
export const plainMoney: MoneyFormat = (amountMinor, currency) => {
  const { maximumFractionDigits: decimals = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  return `${currency} ${(amountMinor / 10 ** decimals).toFixed(decimals)}`;
};

const count = (quantity: number, one: string, many: string): string => `${quantity} ${quantity === 1 ? one : many}`;
const spelled = (status: string): string => status.replaceAll('_', ' ');

type Words = {
  readonly [Code in AnyDomainRejection['code']]: (
    rejection: Extract<AnyDomainRejection, { code: Code }>,
    money: MoneyFormat,
  ) => string;
};

const words: Words = {
  OrderUnknown: () => 'There is no such order. Check the number.',
  OrderExists: () => 'This order has been placed already. Open it under My orders.',
  OrderEmpty: () => 'The order has no lines. Add at least one.',
  OrderTooLarge: ({ lines, most }) =>
    `An order takes at most ${most} lines, this one has ${lines}. Split it into several orders.`,
  LineRepeated: () => 'Two lines of this order have the same id, so it was not taken. Load the cart again.',
  TotalsWrong: () => 'The sums of this order do not add up, so it was not taken. Load the cart again.',
  OrderClosed: ({ status }) =>
    status === 'draft'
      ? 'The order is a draft. Place it first.'
      : `The order is ${status}, so this can no longer be done.`,
  DraftClosed: ({ status }) =>
    status === 'discarded'
      ? 'This draft was discarded. Begin a new order.'
      : `This is no longer a draft: the order is ${status}. Change it as an order.`,
  DraftIncomplete: ({ missing }) => `The address has no ${missing} yet. Fill it in, then place the order.`,
  DraftChanged: () => 'The draft has changed meanwhile, so nothing was placed. Look at it again.',
  OverrideUnfounded: () => 'A changed price needs a line, another amount than the catalog’s, and a reason.',
  AmendmentPending: () => 'Another change waits for stock or for the bank. Wait until it is through.',
  AmendmentEmpty: () => 'Nothing is changed by this. Change a line, the address or the shipping first.',
  OrderBeingSourced: () => 'The warehouse of this order is being chosen. Try again in a moment, or see to its hold.',
  OrderLineUnknown: () => 'The order no longer has this line. Look at it again.',
  QuantityCommitted: ({ name, least }) =>
    `The warehouse has begun with ${least} × ${name}, so there can’t be fewer. What is sent can be returned.`,
  NothingToReaddress: ({ status }) =>
    `The warehouse has begun with all of it (${spelled(status)}), so address and shipping stay as they are.`,
  NothingLeftOfOrder: () => 'Nothing would be left of the order. Cancel it instead.',
  CapturePending: () => 'The bank is being asked for this money just now. Try again in a moment.',
  ReturnUnknown: () => 'There is no such return. Load the order again.',
  ReturnNotDelivered: () => 'This parcel has not been delivered yet. It can be returned when it has.',
  ReturnEmpty: () => 'Choose at least one item.',
  ReturnNotReady: ({ status }) => `The return is ${spelled(status)}, so this step is not its next.`,
  ReturnExceeds: ({ left }) =>
    left > 0 ? `At most ${left} of this item can be returned.` : 'All of this item is returned already.',
  InspectionIncomplete: ({ left }) => `Say of ${count(left, 'more item', 'more items')} what becomes of it.`,
  TooManyTags: ({ most }) => `An order takes at most ${most} tags. Remove one first.`,
  PickingHasStarted: ({ status }) =>
    `The warehouse has begun (${spelled(status)}), so the order can no longer be canceled. It can be returned after delivery.`,
  OrderOnHold: ({ reasons }) => `The order is on hold: ${reasons.join('; ')}. Release the hold first.`,
  OrderNotConfirmed: () => 'The order is not confirmed yet. Wait for payment and stock.',
  NobodyToWriteTo: () => 'The customer’s data were erased, so there is no address to write to.',
  OrderNotDelivered: () => 'Not all parcels have been delivered yet. Complete the order when they are.',

  PaymentUnknown: () => 'There is no such payment. Load the order again.',
  PaymentClosed: ({ status }) => `The payment is ${spelled(status)}, so this can no longer be done with it.`,
  AmountInvalid: () => 'Enter an amount above zero.',
  CaptureExceedsAuthorized: ({ capturableMinor, currency }, money) =>
    capturableMinor > 0
      ? `At most ${money(capturableMinor, currency)} can still be captured. Lower the amount.`
      : 'Nothing is left to capture.',
  CaptureUnknown: () => 'There is no such capture. Load the order again.',
  RefundExceedsCaptured: ({ refundableMinor, currency }, money) =>
    refundableMinor > 0
      ? `At most ${money(refundableMinor, currency)} can still be refunded. Lower the amount.`
      : 'Nothing is left to refund.',
  RefundUnknown: () => 'There is no such refund. Load the order again.',
  PaymentTakenElsewhere: () =>
    'This payment was taken in another system, so it can’t be refunded from here. Refund it there, and leave a note.',

  FulfillmentUnknown: () => 'There is no such fulfillment. Load the queue again.',
  FulfillmentNotReady: ({ status }) => `The fulfillment is ${spelled(status)}, so this step is not its next.`,
  FulfillmentOnHold: ({ reason }) => `The fulfillment is on hold: ${reason}. Release the hold first.`,
  FulfillmentExceedsOrder: ({ left }) =>
    left > 0
      ? `Only ${left} of this line are still to be assigned to a warehouse.`
      : 'This line is assigned to a warehouse already.',
  LineUnknown: () => 'This item is not on the list. Put it back and scan the next one.',
  PickExceedsLine: ({ left }) =>
    left > 0 ? `Only ${left} more of this item ${left === 1 ? 'is' : 'are'} needed.` : 'This item is complete.',
  ItemsNotPicked: ({ left }) =>
    `${count(left, 'item is', 'items are')} still to be picked. Pick them, or report what is missing.`,
  NothingPicked: () => 'Nothing has been picked, so there is nothing to pack.',

  SkuUnknown: () => 'This SKU is not kept in stock. Receive it first.',
  ReservationUnknown: () => 'This stock is no longer reserved for the order.',
  ReservationNotExpired: () => 'The reservation has not expired yet.',
  AllocationUnknown: () => 'This stock is not set aside for the order in that warehouse.',
  StockInsufficient: ({ available }) =>
    available > 0
      ? `Only ${available} ${available === 1 ? 'is' : 'are'} free; the rest is promised to buyers.`
      : 'None is free; all of it is promised to buyers.',
};

/**
 * A refusal in words for the person who asked: what is so, and what to do. The browser says it before anything is
 * sent, the server in its error. Amounts pass through `money`.
 */
export const rejectionWords = (rejection: AnyDomainRejection, money: MoneyFormat = plainMoney): string => {
  // The table's keys are the union's codes, which TypeScript can't follow through the index.
  const say = words[rejection.code] as (rejection: AnyDomainRejection, money: MoneyFormat) => string;
  return say(rejection, money);
};
