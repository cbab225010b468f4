type Kind = {
  readonly title: string;
  /** What one finding of it is. */
  readonly of: 'order' | 'payment' | 'item' | 'row';
  /** What the import makes of it: nothing is dropped, nothing is made up. */
  readonly handling: string;
  /** Whether the order gets a note about it, so that an agent who reads the order sees why it looks odd. */
  readonly noted: boolean;
};

/** Every kind of inconsistency that the import knows. The report lists all, those of which it found none too. */
export const inconsistencyKinds = {
  'order-without-lines': {
    title: 'Order without lines',
    of: 'order',
    handling: 'Placed with no lines; its payments stand.',
    noted: true,
  },
  'order-without-payment': {
    title: 'Order without payment',
    of: 'order',
    handling: 'Placed and fulfilled without any payment.',
    noted: true,
  },
  'several-sellers': {
    title: 'Several sellers in one order',
    of: 'order',
    handling: 'One fulfillment a seller; the order’s one pair of dates counts for each.',
    noted: false,
  },
  'several-payments': {
    title: 'Several payments in one order',
    of: 'order',
    handling: 'One payment stream each.',
    noted: false,
  },
  'unknown-status': {
    title: 'Status that Olist does not document',
    of: 'order',
    handling: 'As far as its dates say.',
    noted: true,
  },
  'beyond-its-status': {
    title: 'Dated steps beyond the status',
    of: 'order',
    handling: 'The dates count, the status does not.',
    noted: true,
  },
  'approval-missing': {
    title: 'Fulfilled without an approval date',
    of: 'order',
    handling: 'Payment and confirmation take the time of the step before.',
    noted: true,
  },
  'carrier-date-missing': {
    title: 'Shipped or delivered without a carrier date',
    of: 'order',
    handling: 'Shipping takes the time of the step before.',
    noted: true,
  },
  'delivery-date-missing': {
    title: 'Delivered without a delivery date',
    of: 'order',
    handling: 'Delivery takes the time of the step before.',
    noted: true,
  },
  'processing-undated': {
    title: 'Processing since nobody knows when',
    of: 'order',
    handling: 'Picking starts at the time of the step before.',
    noted: false,
  },
  'cancellation-undated': {
    title: 'Canceled nobody knows when',
    of: 'order',
    handling: 'Canceled at the time of its last dated step.',
    noted: true,
  },
  'unavailability-undated': {
    title: 'Unavailable since nobody knows when',
    of: 'order',
    handling: 'Rejected as unavailable at the time of its last dated step.',
    noted: true,
  },
  'canceled-after-payment': {
    title: 'Canceled after payment, no refund known',
    of: 'order',
    handling: 'The payment stays captured: a refund is not made up.',
    noted: true,
  },
  'unavailable-after-payment': {
    title: 'Unavailable after payment, no refund known',
    of: 'order',
    handling: 'The payment stays captured: a refund is not made up.',
    noted: true,
  },
  'canceled-after-shipping': {
    title: 'Canceled, yet with the carrier',
    of: 'order',
    handling: 'Shipped, then canceled; the fulfillment stays shipped.',
    noted: true,
  },
  'canceled-after-delivery': {
    title: 'Canceled, yet delivered',
    of: 'order',
    handling: 'Delivered, then canceled; the fulfillment stays delivered.',
    noted: true,
  },
  'approved-before-purchase': {
    title: 'Approved before it was bought',
    of: 'order',
    handling: 'In logical order, each step with its own time.',
    noted: true,
  },
  'shipped-before-purchase': {
    title: 'With the carrier before it was bought',
    of: 'order',
    handling: 'In logical order, each step with its own time.',
    noted: true,
  },
  'shipped-before-approval': {
    title: 'With the carrier before it was approved',
    of: 'order',
    handling: 'In logical order, each step with its own time.',
    noted: true,
  },
  'delivered-before-approval': {
    title: 'Delivered before it was approved',
    of: 'order',
    handling: 'In logical order, each step with its own time.',
    noted: true,
  },
  'delivered-before-shipping': {
    title: 'Delivered before the carrier had it',
    of: 'order',
    handling: 'In logical order, each step with its own time.',
    noted: true,
  },
  'ambiguous-local-time': {
    title: 'Time that the clock showed twice (end of summer time)',
    of: 'order',
    handling: 'Taken as the first.',
    noted: false,
  },
  'nonexistent-local-time': {
    title: 'Time that the clock skipped (start of summer time)',
    of: 'order',
    handling: 'Taken as the first moment after.',
    noted: false,
  },
  'estimate-missing': {
    title: 'No estimated delivery',
    of: 'order',
    handling: 'Promised for the latest shipping limit, else for the day of purchase.',
    noted: false,
  },
  'estimate-before-purchase': {
    title: 'Estimated delivery before it was bought',
    of: 'order',
    handling: 'Kept as promised.',
    noted: false,
  },
  'shipping-limit-before-purchase': {
    title: 'Shipping limit before it was bought',
    of: 'item',
    handling: 'Kept as promised.',
    noted: false,
  },
  'shipping-limit-after-estimate': {
    title: 'Shipping limit after the estimated delivery',
    of: 'item',
    handling: 'Kept as promised.',
    noted: false,
  },
  'paid-one-cent-less': {
    title: 'Payments one cent below the lines',
    of: 'order',
    handling: 'Both kept as they are.',
    noted: false,
  },
  'paid-one-cent-more': {
    title: 'Payments one cent above the lines',
    of: 'order',
    handling: 'Both kept as they are.',
    noted: false,
  },
  'paid-less': {
    title: 'Payments below the lines by more than a cent',
    of: 'order',
    handling: 'Both kept as they are.',
    noted: true,
  },
  'paid-more': {
    title: 'Payments above the lines by more than a cent',
    of: 'order',
    handling: 'Both kept as they are.',
    noted: true,
  },
  'payment-of-nothing': { title: 'Payment of R$ 0.00', of: 'payment', handling: 'A payment of zero.', noted: false },
  'payment-type-unknown': {
    title: 'Payment of a type that is not defined',
    of: 'payment',
    handling: 'Of kind “other”.',
    noted: false,
  },
  'payment-without-installments': {
    title: 'Payment in zero installments',
    of: 'payment',
    handling: 'Installments are not carried over.',
    noted: false,
  },
  'payment-sequence-gap': {
    title: 'Payments whose numbers have gaps',
    of: 'order',
    handling: 'The payments that are there.',
    noted: false,
  },
  'payment-sequence-repeated': {
    title: 'Payments with the same number',
    of: 'payment',
    handling: 'Each is a payment of its own.',
    noted: false,
  },
  'item-sequence-gap': {
    title: 'Lines whose numbers have gaps or repeat',
    of: 'order',
    handling: 'The lines that are there.',
    noted: false,
  },
  'product-without-category': {
    title: 'Product without a category',
    of: 'item',
    handling: 'Named “Uncategorized”.',
    noted: false,
  },
  'category-untranslated': {
    title: 'Category without an English name',
    of: 'item',
    handling: 'Named in Portuguese.',
    noted: false,
  },
  'product-unknown': { title: 'Product that is not listed', of: 'item', handling: 'Named by its id.', noted: true },
  'seller-unknown': {
    title: 'Seller that is not listed, or without a state',
    of: 'item',
    handling: 'Shipped from OLIST-UNKNOWN.',
    noted: true,
  },
  'customer-unknown': {
    title: 'Customer who is not listed',
    of: 'order',
    handling: 'The order’s customer id stands for the person; no address.',
    noted: true,
  },
  'order-repeated': {
    title: 'Order that comes a second time',
    of: 'row',
    handling: 'The first counts.',
    noted: false,
  },
  'item-of-no-order': {
    title: 'Line that belongs to no order',
    of: 'row',
    handling: 'Nowhere to go: the sums differ, and the import fails.',
    noted: false,
  },
  'payment-of-no-order': {
    title: 'Payment that belongs to no order',
    of: 'row',
    handling: 'Nowhere to go: the sums differ, and the import fails.',
    noted: false,
  },
} as const satisfies Record<string, Kind>;

export type InconsistencyKind = keyof typeof inconsistencyKinds;

/** One place where the data contradict themselves. `detail` says what, in plain words and without personal data. */
export type Finding = { readonly kind: InconsistencyKind; readonly detail: string };
