import { blankAmendment } from '#domain/order/amend.ts';
import type { Amendment } from '#domain/order/amendment-events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { refundableMinor } from '#domain/payment/state.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { LineId, OrderId, Sku } from '#domain/shared/ids.ts';
import { sum } from '#domain/shared/money.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { notFoundQuantity, quantityIn, unassignedQuantity } from '#domain/waybill/quantities.ts';
import { returnableQuantity, returnsOf, type WaybillReturn } from '#domain/waybill/returns.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { Random } from '#server/projections/testing/histories.ts';

type ChangesOptions = {
  readonly random: Random;
  readonly newId: () => string;
  readonly skus: readonly [Sku, ...Sku[]];
  readonly orders: () => [OrderId, Waybill][];
  readonly anyOrder: () => [OrderId, Waybill] | null;
  readonly command: (orderId: OrderId, wanted: WaybillCommand, actor: Actor) => Promise<void>;
  readonly agent: Actor;
  readonly floor: Actor;
  readonly customer: Actor;
};

/** What becomes of orders after they were placed: amendments, cancellations in part, returns, refunds. */
export const createChanges = (options: ChangesOptions) => {
  const { random, newId, skus, orders, anyOrder, command, agent, floor, customer } = options;

  const anotherDelivery = (order: ExistingOrder): NonNullable<Amendment['delivery']> => {
    const { promise, taxRateBasisPoints, warehousesByDistance } = order;
    const isExpress = order.shippingMethod.code === 'express';
    const method = isExpress
      ? ({ code: 'standard', name: 'Standard', priceMinor: 490 } as const)
      : ({ code: 'express', name: 'Express', priceMinor: 990 } as const);
    return { method, promise, taxRateBasisPoints, warehousesByDistance };
  };

  /** One or several of the changes that a person makes, more or less at random. */
  const anyAmendment = (order: ExistingOrder): Amendment => {
    const line = random.pick(order.lines as unknown as readonly [ExistingOrder['lines'][number]]);
    const maybe = <T>(share: number, value: () => T): T | null => (random.chance(share) ? value() : null);
    const added = maybe(0.3, () => ({
      lineId: `${order.orderId}:a${newId().slice(-12)}` as LineId,
      sku: random.pick(skus),
      name: 'Added',
      picture: null,
      hue: 10,
      bin: null,
      quantity: 1 + random.int(3),
      unitPriceMinor: 100 + random.int(5_000),
    }));
    const quantity = maybe(0.6, () => ({
      lineId: line.lineId,
      quantity: random.chance(0.3) ? 0 : random.int(line.quantity + 3),
    }));
    const price = maybe(0.25, () => ({ lineId: line.lineId, unitPriceMinor: random.int(6_000), reason: 'Scratched' }));
    const discount = maybe(0.4, () => ({
      to: order.discount ? null : { code: 'SORRY', kind: 'percent' as const, value: 1_000 },
    }));
    return {
      ...blankAmendment,
      added: added ? [added] : [],
      quantities: quantity ? [quantity] : [],
      prices: price ? [price] : [],
      discount,
      shipTo: maybe(0.2, () => ({ ...order.shipTo, city: 'Elsewhere' })),
      delivery: maybe(0.2, () => anotherDelivery(order)),
    };
  };

  /** The next step of a return, if anybody has one to take. */
  const stepOf = (orderId: OrderId, { returnId, status, lines, goods }: WaybillReturn): WaybillCommand | null => {
    const forReturn = { orderId, returnId };
    switch (status) {
      case 'requested':
        return random.chance(0.8)
          ? { type: 'ApproveReturn', ...forReturn }
          : { type: 'DeclineReturn', ...forReturn, reason: 'Too late.' };
      case 'approved':
        return {
          type: 'ReceiveReturn',
          ...forReturn,
          lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity: 1 + random.int(quantity) })),
        };
      case 'received': {
        const disposition = random.pick(['restock', 'restock', 'damaged', 'refused'] as const);
        return {
          type: 'InspectReturn',
          ...forReturn,
          lines: (goods?.received ?? []).map(({ lineId, quantity }) => ({ lineId, quantity, disposition })),
        };
      }
      case 'declined':
      case 'inspected':
        return null;
    }
  };

  return {
    amend: async () => {
      const [orderId, waybill] = anyOrder() ?? [];
      if (!orderId || !waybill || waybill.order.status === 'absent') return;
      const amendment = anyAmendment(waybill.order);
      await command(orderId, { type: 'RequestAmendment', orderId, amendmentId: newId(), amendment }, agent);
    },
    cancelLines: async () => {
      const [orderId, waybill] = anyOrder() ?? [];
      if (!orderId || !waybill || waybill.order.status === 'absent') return;
      const { lines } = waybill.order;
      const line = lines[random.int(lines.length)];
      if (!line) return;
      const some = [{ lineId: line.lineId, quantity: 1 + random.int(line.quantity) }];
      const wanted = { cancellationId: newId(), lines: some, reason: 'One is enough', restock: random.chance(0.8) };
      await command(orderId, { type: 'CancelLines', orderId, ...wanted }, customer);
    },
    /** Calls off what waits in vain for stock, as its hold says; the whole order, where there is nothing else. */
    cancelUnsourced: async (orderId: OrderId, waybill: Waybill) => {
      if (waybill.order.status === 'absent') return;
      const { lines } = waybill.order;
      const some = lines.flatMap(({ lineId }) => {
        const quantity = unassignedQuantity(waybill, lineId) - notFoundQuantity(waybill, lineId);
        return quantity > 0 ? [{ lineId, quantity }] : [];
      });
      const reason = 'Sold out';
      const isAll = lines.every(({ lineId, quantity }) => quantityIn(some, lineId) === quantity);
      if (isAll) return command(orderId, { type: 'CancelOrder', orderId, reason, restock: true }, agent);
      const wanted = { cancellationId: newId(), lines: some, reason, restock: true };
      await command(orderId, { type: 'CancelLines', orderId, ...wanted }, agent);
    },
    askReturn: async () => {
      const arrived = orders().flatMap(([orderId, waybill]) =>
        Object.values(waybill.fulfillments)
          .filter(({ status }) => status === 'delivered')
          .map((fulfillment) => ({ orderId, waybill, fulfillment })),
      );
      const found = arrived[random.int(arrived.length)];
      if (!found) return;
      const { orderId, waybill, fulfillment } = found;
      const lines = fulfillment.lines.flatMap(({ lineId }) => {
        const left = returnableQuantity(waybill, fulfillment, lineId);
        return left > 0 ? [{ lineId, quantity: 1 + random.int(left) }] : [];
      });
      const { fulfillmentId } = fulfillment;
      const resolution = random.chance(0.6) ? 'refund' : 'exchange';
      const wanted = { returnId: newId(), fulfillmentId, lines, reason: 'Not as shown', resolution } as const;
      await command(orderId, { type: 'RequestReturn', orderId, ...wanted }, customer);
    },
    stepReturn: async () => {
      const open = orders().flatMap(([orderId, waybill]) =>
        returnsOf(waybill).flatMap((asked) => {
          const step = stepOf(orderId, asked);
          return step ? [{ orderId, step }] : [];
        }),
      );
      const next = open[random.int(open.length)];
      if (next) await command(next.orderId, next.step, next.step.type === 'ApproveReturn' ? agent : floor);
    },
    refundOrder: async () => {
      const [orderId, waybill] = anyOrder() ?? [];
      if (!orderId || !waybill) return;
      const most = sum(Object.values(waybill.payments).map((payment) => Math.max(0, refundableMinor(payment))));
      const wanted = { refundId: newId(), amountMinor: random.int(most + 200), reason: 'Sorry' };
      await command(orderId, { type: 'RefundOrder', orderId, ...wanted }, agent);
    },
  };
};
