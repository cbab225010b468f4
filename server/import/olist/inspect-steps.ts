import type { Finding, InconsistencyKind } from './inconsistencies.ts';
import type { OlistOrder, OlistStatus } from './olist-order.ts';
import type { Instant } from './sao-paulo-time.ts';

const at = ({ iso }: Instant): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

/** The last step whose date each status lets one expect. Closed orders may have any. */
const furthest: Readonly<Record<OlistStatus | 'unknown', number>> = {
  created: 0,
  approved: 1,
  processing: 1,
  invoiced: 1,
  shipped: 2,
  delivered: 3,
  canceled: 3,
  unavailable: 1,
  unknown: 3,
};

const inspectOrderOfSteps = (order: OlistOrder): readonly Finding[] => {
  const { purchased, approved, handedToCarrier, delivered } = order;
  const check = (
    kind: InconsistencyKind,
    step: string,
    earlier: Instant | null,
    before: string,
    later: Instant | null,
  ): readonly Finding[] =>
    earlier && later && earlier.epochMs < later.epochMs
      ? [{ kind, detail: `${step} ${at(earlier)}, ${before} ${at(later)}` }]
      : [];
  return [
    ...check('approved-before-purchase', 'Approved', approved, 'bought', purchased),
    ...check('shipped-before-purchase', 'With the carrier', handedToCarrier, 'bought', purchased),
    ...check('shipped-before-approval', 'With the carrier', handedToCarrier, 'approved', approved),
    ...check('delivered-before-approval', 'Delivered', delivered, 'approved', approved),
    ...check('delivered-before-shipping', 'Delivered', delivered, 'with the carrier', handedToCarrier),
    ...check('estimate-before-purchase', 'Estimated for', order.estimated, 'bought', purchased),
  ];
};

const inspectMissingDates = (order: OlistOrder): readonly Finding[] => {
  const { status, approved, handedToCarrier, delivered } = order;
  const findings: Finding[] = [];
  const isShipped = status === 'shipped' || status === 'delivered' || handedToCarrier !== null || delivered !== null;
  const isPaid = isShipped || status === 'approved' || status === 'processing' || status === 'invoiced';
  if (isPaid && !approved) findings.push({ kind: 'approval-missing', detail: `${order.statusText}, no approval date` });
  if (isShipped && !handedToCarrier)
    findings.push({ kind: 'carrier-date-missing', detail: `${order.statusText}, no carrier date` });
  if (status === 'delivered' && !delivered)
    findings.push({ kind: 'delivery-date-missing', detail: 'Delivered, no delivery date' });
  if (status === 'processing') findings.push({ kind: 'processing-undated', detail: 'Processing, no date' });
  if (!order.estimated) findings.push({ kind: 'estimate-missing', detail: 'No estimated delivery' });
  return findings;
};

const inspectStatus = (order: OlistOrder): readonly Finding[] => {
  const { status, statusText, approved, handedToCarrier, delivered } = order;
  const findings: Finding[] = [];
  if (status === 'unknown') findings.push({ kind: 'unknown-status', detail: `Status “${statusText}”` });
  const reached = delivered ? 3 : handedToCarrier ? 2 : approved ? 1 : 0;
  if (reached > furthest[status]) {
    const step = delivered ?? handedToCarrier ?? approved;
    const word = delivered ? 'delivered' : handedToCarrier ? 'with the carrier' : 'approved';
    findings.push({ kind: 'beyond-its-status', detail: `${statusText}, yet ${word} ${step ? at(step) : ''}` });
  }
  return findings;
};

const inspectClosing = (order: OlistOrder): readonly Finding[] => {
  const { status, approved, handedToCarrier, delivered, payments } = order;
  const isPaid = payments.length > 0 && (approved !== null || handedToCarrier !== null || delivered !== null);
  const since = approved ? `, paid ${at(approved)}` : '';
  if (status === 'unavailable') {
    const undated: Finding = { kind: 'unavailability-undated', detail: 'Unavailable, no date' };
    return isPaid
      ? [undated, { kind: 'unavailable-after-payment', detail: `Unavailable${since}, no refund known` }]
      : [undated];
  }
  if (status !== 'canceled') return [];
  const findings: Finding[] = [{ kind: 'cancellation-undated', detail: 'Canceled, no date' }];
  if (isPaid) findings.push({ kind: 'canceled-after-payment', detail: `Canceled${since}, no refund known` });
  if (delivered) findings.push({ kind: 'canceled-after-delivery', detail: `Canceled, yet delivered ${at(delivered)}` });
  else if (handedToCarrier)
    findings.push({ kind: 'canceled-after-shipping', detail: `Canceled, yet with the carrier ${at(handedToCarrier)}` });
  return findings;
};

const inspectClock = (order: OlistOrder): readonly Finding[] => {
  const readings: readonly (readonly [string, Instant | null])[] = [
    ['purchase', order.purchased],
    ['approval', order.approved],
    ['carrier', order.handedToCarrier],
    ['delivery', order.delivered],
    ['estimate', order.estimated],
    ...order.items.map(({ itemId, shippingLimit }) => [`shipping limit of line ${itemId}`, shippingLimit] as const),
  ];
  const odd = (doubt: Instant['doubt']) => readings.filter(([, instant]) => instant?.doubt === doubt);
  const told = (list: typeof readings) => list.map(([what, i]) => `${what} ${i ? at(i) : ''}`).join(', ');
  const [twice, skipped] = [odd('ambiguous'), odd('nonexistent')];
  return [
    ...(twice.length > 0 ? [{ kind: 'ambiguous-local-time', detail: told(twice) } as const] : []),
    ...(skipped.length > 0 ? [{ kind: 'nonexistent-local-time', detail: told(skipped) } as const] : []),
  ];
};

/** How an order's status and dates contradict each other. Pure. */
export const inspectSteps = (order: OlistOrder): readonly Finding[] => [
  ...inspectStatus(order),
  ...inspectMissingDates(order),
  ...inspectOrderOfSteps(order),
  ...inspectClosing(order),
  ...inspectClock(order),
];
