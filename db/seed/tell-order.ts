import { suggestTrackingNumber } from '#domain/fulfillment/carriers.ts';
import type { ShippingMethod } from '#domain/order/events.ts';
import { priceOrder } from '#domain/order/pricing.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { LineId, OrderId, Sku, SubjectId, WarehouseCode } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import { fulfillmentIdOf, paymentIdOf } from '#server/processes/checkout.ts';
import { catalog } from './catalog.ts';
import type { Historian, When } from './historian.ts';
import type { Ending, OrderPlan } from './order-plans.ts';
import type { Person } from './people.ts';
import { warehouses } from './warehouses.ts';

const hourMs = 3_600_000;
const shippingMethods: Readonly<Record<OrderPlan['method'], ShippingMethod>> = {
  standard: { code: 'standard', name: 'Standard', priceMinor: 490 },
  express: { code: 'express', name: 'Express', priceMinor: 990 },
  pickup: { code: 'pickup', name: 'Pick-up point', priceMinor: 290 },
};

/** Stories that are over. The processes must not act on them again, so they are told as history. */
const ended: ReadonlySet<Ending> = new Set<Ending>([
  'completed',
  'delivery failed',
  'sold out',
  'declined',
  'canceled',
  'part refunded',
  'refunded',
]);

export type Cast = { readonly agent: Actor; readonly picker: Actor };
const checkout: Actor = { id: 'process:checkout', role: 'system' };
const shipping: Actor = { id: 'process:shipping', role: 'system' };
const gateway: Actor = { id: 'gateway', role: 'system' };

export type TellOrderInput = {
  readonly plan: OrderPlan;
  readonly index: number;
  readonly person: Person;
  readonly orderNumber: string;
  readonly cardToken: string;
  readonly taxRateBasisPoints: number;
  readonly now: Date;
  readonly cast: Cast;
};

const warehousesFor = (country: string): WarehouseCode[] => {
  const days = (serves: (typeof warehouses)[number]['serves']) =>
    serves.find((served) => served.country === country)?.transitDays ?? Number.POSITIVE_INFINITY;
  return warehouses
    .toSorted((a, b) => days(a.serves) - days(b.serves) || a.code.localeCompare(b.code))
    .map(({ code }) => code as WarehouseCode);
};

/** When it must leave: in the past for late orders, within hours for those at risk. */
const shipByOf = ({ ending, method }: OrderPlan, placedAt: Date, now: Date): Date => {
  if (ending === 'late') return new Date(now.getTime() - 9 * hourMs);
  if (ending === 'at risk') return new Date(now.getTime() + 2.5 * hourMs);
  const hours = method === 'express' ? 12 : 36;
  const usual = new Date(placedAt.getTime() + hours * hourMs);
  return usual < now && !ended.has(ending) ? new Date(now.getTime() + 20 * hourMs) : usual;
};

const placing = (input: TellOrderInput, orderId: OrderId, placedAt: Date) => {
  const { plan, person, now, taxRateBasisPoints } = input;
  const shippingMethod = shippingMethods[plan.method];
  const discount = plan.discountCode ? { code: plan.discountCode, kind: 'percent' as const, value: 1_000 } : null;
  const priced = priceOrder({
    lines: plan.lines.map(([sku, quantity], nth) => {
      const product = catalog.find((candidate) => candidate.sku === sku);
      if (!product) throw new Error(`The seed orders ${sku}, which is not in the catalog`);
      return {
        lineId: `${orderId}:${nth + 1}` as LineId,
        sku: sku as Sku,
        name: product.name,
        picture: product.picture,
        hue: product.hue,
        bin: product.bin,
        quantity,
        unitPriceMinor: product.priceMinor,
      };
    }),
    discount,
    shippingMinor: shippingMethod.priceMinor,
    taxRateBasisPoints,
  });
  const shipBy = shipByOf(plan, placedAt, now);
  return {
    type: 'PlaceOrder' as const,
    orderId,
    orderNumber: input.orderNumber,
    externalReference: null,
    subjectId: person.id as SubjectId,
    customerId: person.id,
    tier: person.tier,
    contact: { name: person.name, email: person.email, phone: person.phone },
    shipTo: {
      recipient: { name: person.name, street: person.street },
      postalCode: person.postalCode,
      city: person.city,
      region: null,
      country: person.country,
    },
    channel: input.index % 9 === 4 ? ('phone' as const) : ('web' as const),
    currency: 'EUR' as Currency,
    ...priced,
    shippingMethod,
    discount,
    taxRateBasisPoints,
    paymentMethod: { kind: 'card' as const, token: input.cardToken, brand: 'visa', last4: '4242' },
    promise: { shipBy: shipBy.toISOString(), deliverBy: new Date(shipBy.getTime() + 72 * hourMs).toISOString() },
    warehousesByDistance: warehousesFor(person.country),
  };
};

/** Tells one order from placing to its ending, through the deciders, in the product's own order of steps. */
export const tellOrder = (historian: Historian, input: TellOrderInput): void => {
  const { plan, person, cast } = input;
  const { ending } = plan;
  const orderId = derivedId('seed', 'order', String(input.index)) as OrderId;
  const placedAt = new Date(input.now.getTime() - plan.hoursAgo * hourMs);
  const origin = ended.has(ending) ? 'legacy' : 'live';
  let clock = placedAt.getTime();
  /** The next step, `minutes` after the one before; never in the future. */
  const after = (minutes: number, actor: Actor): When => {
    clock = Math.min(clock + minutes * 60_000, input.now.getTime());
    return { at: new Date(clock), actor, origin };
  };
  const customer: Actor = { id: person.id, role: 'customer' };
  const order = placing(input, orderId, placedAt);
  const { lines, currency, totals } = order;

  historian.onOrder(orderId, order, after(0, customer));
  if (ending === 'just placed') return;

  if (ending === 'sold out') {
    const short = lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, requested: quantity, available: 0 }));
    historian.onOrder(
      orderId,
      { type: 'RejectOrder', orderId, reason: { code: 'SoldOut', lines: short } },
      after(0.02, checkout),
    );
    return;
  }

  const onLines = (
    minutes: number,
    command: (line: (typeof lines)[number]) => Parameters<Historian['onStock']>[0],
    actor: Actor = checkout,
  ) => {
    for (const line of lines) historian.onStock(command(line), orderId, after(minutes, actor));
  };
  const reserved = new Date(clock + 15 * 60_000).toISOString();
  onLines(0.01, ({ sku, lineId, quantity }) => ({
    type: 'ReserveStock',
    sku,
    orderId,
    lineId,
    quantity,
    expiresAt: reserved,
  }));

  const paymentId = paymentIdOf(orderId);
  const payment = { orderId, paymentId };
  const amountMinor = totals.grandTotalMinor;
  historian.onOrder(
    orderId,
    { type: 'RequestAuthorization', ...payment, currency, amountMinor, method: order.paymentMethod },
    after(0.01, checkout),
  );
  if (ending === 'awaiting bank') {
    const challengeUrl = `/pay/challenge/${derivedId('seed', 'challenge', orderId)}`;
    historian.onOrder(orderId, { type: 'RequireAction', ...payment, challengeUrl }, after(0.1, gateway));
    return;
  }
  if (ending === 'declined') {
    historian.onOrder(orderId, { type: 'RecordDecline', ...payment, code: 'card_declined' }, after(0.1, gateway));
    onLines(0.01, ({ sku, lineId }) => ({ type: 'ReleaseReservation', sku, orderId, lineId, reason: 'declined' }));
    const reason = { code: 'PaymentDeclined' as const, declineCode: 'card_declined' };
    historian.onOrder(orderId, { type: 'RejectOrder', orderId, reason }, after(0.01, checkout));
    return;
  }
  historian.onOrder(
    orderId,
    {
      type: 'RecordAuthorization',
      ...payment,
      amountMinor,
      gatewayReference: `auth_${derivedId('seed', 'reference', orderId).slice(0, 12)}`,
      expiresAt: new Date(clock + 7 * 24 * hourMs).toISOString(),
    },
    after(0.1, gateway),
  );
  historian.onOrder(orderId, { type: 'ConfirmOrder', orderId }, after(0.01, checkout));
  const preferred = order.warehousesByDistance;
  const placements = lines.flatMap((line) => {
    const { sku, lineId } = line;
    const command = { type: 'AllocateStock' as const, sku, orderId, lineId, preferred };
    return historian
      .onStock(command, orderId, after(0.01, checkout))
      .flatMap((event) => (event.type === 'StockAllocated' ? event.placements.map((at) => ({ ...at, line })) : []));
  });
  for (const [warehouse, placed] of Map.groupBy(placements, (placement) => placement.warehouse)) {
    const { orderNumber, subjectId, tier, shipTo, shippingMethod, promise } = order;
    const sourcing = placed.length === lines.length ? `nearest with all ${lines.length} lines` : 'split by stock';
    historian.onOrder(
      orderId,
      {
        type: 'CreateFulfillment',
        fulfillmentId: fulfillmentIdOf(orderId, warehouse),
        orderId,
        orderNumber,
        subjectId,
        tier,
        warehouse,
        sourcing: lines.length === 1 ? 'nearest that has it' : sourcing,
        shipTo,
        shippingMethod,
        promise,
        lines: placed.map(({ line: { lineId, sku, name, picture, hue, bin }, quantity }) => ({
          lineId,
          sku,
          name,
          picture,
          hue,
          bin,
          quantity,
        })),
      },
      after(0.01, checkout),
    );
  }
  if (plan.note) {
    const noteId = derivedId('seed', 'note', orderId);
    historian.onOrder(
      orderId,
      { type: 'AddNote', orderId, noteId, text: plan.note, visibility: 'internal' },
      after(25, cast.agent),
    );
  }
  if (ending === 'held') {
    const reason = plan.lines.some(([, quantity]) => quantity > 10) ? 'Fraud check' : 'Address check';
    const holdId = derivedId('seed', 'hold', orderId);
    historian.onOrder(orderId, { type: 'PlaceHold', orderId, holdId, reason }, after(12, cast.agent));
    return;
  }
  if (ending === 'open' || ending === 'late' || ending === 'at risk') return;
  if (ending === 'canceled') {
    const reason = 'Changed my mind';
    historian.onOrder(orderId, { type: 'CancelOrder', orderId, reason, restock: true }, after(40, customer));
    onLines(0.02, ({ sku, lineId }) => ({
      type: 'ReleaseAllocation',
      sku,
      orderId,
      lineId,
      placements: null,
      restock: true,
    }));
    historian.onOrder(
      orderId,
      { type: 'RequestVoid', ...payment },
      after(0.02, { id: 'process:cancellation', role: 'system' }),
    );
    historian.onOrder(orderId, { type: 'RecordVoid', ...payment }, after(0.2, gateway));
    return;
  }
  tellFulfillment(historian, input, { orderId, ending, after, totalMinor: amountMinor, payment });
};

/** From the picker's first step on. */
const tellFulfillment = (
  historian: Historian,
  { cast, index }: TellOrderInput,
  story: {
    readonly orderId: OrderId;
    readonly ending: Ending;
    readonly after: (minutes: number, actor: Actor) => When;
    readonly totalMinor: number;
    readonly payment: { readonly orderId: OrderId; readonly paymentId: ReturnType<typeof paymentIdOf> };
  },
): void => {
  const { orderId, ending, after, payment } = story;
  const { picker } = cast;
  const fulfillments = liveFulfillments(historian.waybillOf(orderId));
  let leftMinor = story.totalMinor;
  for (const [nth, { fulfillmentId, lines, warehouse }] of fulfillments.entries()) {
    const on = { fulfillmentId, orderId };
    historian.onOrder(orderId, { type: 'StartPicking', ...on, picker: picker.id }, after(55, picker));
    for (const [lineNth, { lineId, quantity }] of lines.entries()) {
      // Somebody in the middle of a walk leaves the last line for the demo's picker.
      if (ending === 'picking' && lineNth === lines.length - 1) continue;
      historian.onOrder(orderId, { type: 'PickItem', ...on, lineId, quantity }, after(2, picker));
    }
    if (ending === 'picking') continue;
    const parcelId = `P${String(index).padStart(3, '0')}-${nth + 1}`;
    const weightGrams = lines.reduce(
      (grams, { sku, quantity }) =>
        grams + quantity * (catalog.find((product) => product.sku === sku)?.weightGrams ?? 500),
      0,
    );
    historian.onOrder(
      orderId,
      { type: 'PackFulfillment', ...on, packages: [{ parcelId, weightGrams }] },
      after(9, picker),
    );
    if (ending === 'packed') continue;
    const trackingNumber = suggestTrackingNumber('PostNordic', fulfillmentId);
    historian.onOrder(
      orderId,
      { type: 'ShipFulfillment', ...on, carrier: 'PostNordic', trackingNumber },
      after(30, picker),
    );
    // The worker captures what is in transit and takes it off the books, as after any shipment.
    if (ending === 'shipped') continue;
    for (const { lineId, sku, quantity } of lines)
      historian.onStock(
        { type: 'ShipStock', sku, orderId, lineId, warehouse, quantity },
        orderId,
        after(0.01, shipping),
      );
    const isLast = nth === fulfillments.length - 1;
    const shareMinor = isLast ? leftMinor : Math.floor(story.totalMinor / fulfillments.length);
    leftMinor -= shareMinor;
    const captureId = derivedId('capture', fulfillmentId);
    const capture = { ...payment, captureId, fulfillmentId, amountMinor: shareMinor };
    historian.onOrder(orderId, { type: 'RequestCapture', ...capture }, after(0.02, shipping));
    historian.onOrder(
      orderId,
      { type: 'RecordCapture', ...payment, captureId },
      after(0.2, { id: 'gateway', role: 'system' }),
    );
    const arrival = after(60 * 40, { id: 'carrier', role: 'system' });
    if (ending === 'delivery failed') {
      historian.onOrder(orderId, { type: 'FailDelivery', ...on, reason: 'Nobody at home, twice' }, arrival);
      continue;
    }
    historian.onOrder(orderId, { type: 'DeliverFulfillment', ...on }, arrival);
  }
  if (ending !== 'completed' && ending !== 'refunded' && ending !== 'part refunded') return;
  historian.onOrder(orderId, { type: 'CompleteOrder', orderId }, after(0.05, shipping));
  if (ending === 'completed') return;
  const refundId = derivedId('seed', 'refund', orderId);
  const amountMinor = ending === 'refunded' ? story.totalMinor : Math.floor(story.totalMinor / 3);
  const reason = ending === 'refunded' ? 'Arrived broken' : 'One piece arrived chipped';
  historian.onOrder(
    orderId,
    { type: 'RequestRefund', ...payment, refundId, amountMinor, reason },
    after(60 * 20, cast.agent),
  );
  historian.onOrder(
    orderId,
    { type: 'RecordRefund', ...payment, refundId },
    after(2, { id: 'gateway', role: 'system' }),
  );
};
