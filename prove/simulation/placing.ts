import type { PlaceOrder } from '#domain/order/decide.ts';
import type { Discount } from '#domain/order/events.ts';
import { priceOrder } from '#domain/order/pricing.ts';
import type { LineId, OrderId, Sku, SubjectId, WarehouseCode } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import type { CardToken } from './faulty-gateway.ts';

export const warehouses = ['PORTO', 'LYON', 'GDANSK'] as unknown as readonly [WarehouseCode, ...WarehouseCode[]];
const dayMs = 24 * 60 * 60_000;

const discountFor = (random: Random): Discount | null => {
  if (random.chance(0.6)) return null;
  // Some take everything off: an order that costs nothing, but for its shipping.
  if (random.chance(0.25)) return { code: 'GIFT', kind: 'percent', value: 10_000 };
  return random.chance(0.5)
    ? { code: 'SPRING', kind: 'percent', value: 1 + random.int(5_000) }
    : { code: 'FIVER', kind: 'amount', value: 1 + random.int(1_500) };
};

/** An order as the server would have priced it: of any customer or guest, of any goods, with any card. */
export const placing = (
  random: Random,
  {
    orderId,
    skus,
    card,
    now,
    nth,
  }: {
    readonly orderId: OrderId;
    readonly skus: readonly [Sku, ...Sku[]];
    readonly card: CardToken;
    readonly now: Date;
    readonly nth: number;
  },
): PlaceOrder => {
  const priceMinor = random.chance(0.3) ? 0 : random.pick([290, 490, 990]);
  const taxRateBasisPoints = random.pick([0, 600, 1_900, 2_300]);
  const discount = discountFor(random);
  const { lines, totals } = priceOrder({
    lines: Array.from({ length: 1 + random.int(3) }, (_, line) => {
      const sku = random.pick(skus);
      return {
        lineId: `${orderId}:${line + 1}` as LineId,
        sku,
        name: `A ${sku}`,
        picture: null,
        hue: 30,
        bin: random.chance(0.2) ? null : 'C-04-2',
        quantity: 1 + random.int(3),
        unitPriceMinor: random.chance(0.1) ? 0 : 1 + random.int(9_999),
      };
    }),
    discount,
    shippingMinor: priceMinor,
    taxRateBasisPoints,
  });
  const isGuest = random.chance(0.3);
  const subject = `subject-${random.int(4)}`;
  const first = random.int(warehouses.length);
  return {
    type: 'PlaceOrder',
    orderId,
    orderNumber: `WB-${nth}`,
    externalReference: null,
    subjectId: (isGuest ? `guest-${nth}` : subject) as SubjectId,
    customerId: isGuest ? null : subject,
    tier: random.pick(['standard', 'silver', 'gold']),
    contact: { name: 'Ana Sousa', email: 'ana@example.com', phone: null },
    shipTo: {
      recipient: { name: 'Ana Sousa', street: 'Rua das Flores 1' },
      postalCode: '4050-262',
      city: 'Porto',
      region: null,
      country: random.pick(['PT', 'FR', 'PL']),
    },
    channel: 'web',
    currency: 'EUR' as Currency,
    lines,
    shippingMethod: { code: 'standard', name: 'Standard', priceMinor },
    discount,
    taxRateBasisPoints,
    totals,
    paymentMethod: { kind: 'card', token: card, brand: 'visa', last4: '4242' },
    promise: {
      shipBy: new Date(now.getTime() + dayMs).toISOString(),
      deliverBy: new Date(now.getTime() + 3 * dayMs).toISOString(),
    },
    warehousesByDistance: [...warehouses.slice(first), ...warehouses.slice(0, first)],
  };
};
