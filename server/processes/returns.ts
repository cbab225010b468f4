import type { Resolution } from '#domain/order/return-events.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { defineProcess, type Source } from './define-process.ts';
import { derivedId } from './derived-id.ts';

export type ReturnsState = {
  /** By return id. */
  readonly wanted: Readonly<Record<string, Resolution>>;
};

const exchangeIdOf = (returnId: string): string => derivedId('exchange', returnId);

const refund = (orderId: OrderId, returnId: string, source: Source) => {
  const refundId = derivedId('refund', returnId);
  return source.issue(refundId, { type: 'RefundReturn', orderId, returnId, refundId });
};

/** What came back and was looked at goes back into stock, and is paid back or replaced. */
export const returns = defineProcess<ReturnsState>({
  name: 'returns',
  version: 1,
  initial: { wanted: {} },
  on: {
    ReturnRequested: (state, { returnId, resolution }) => ({
      state: { wanted: { ...state.wanted, [returnId]: resolution } },
    }),
    ReturnInspected: (state, { orderId, returnId, warehouse, lines }, source) => {
      const stock = lines.flatMap(({ lineId, sku, quantity, disposition }) =>
        disposition === 'refused'
          ? []
          : [
              source.issue(`${returnId}/${lineId}/${disposition}`, {
                type: 'ReturnStock',
                sku,
                orderId,
                lineId,
                warehouse,
                returnId,
                quantity,
                disposition,
              }),
            ],
      );
      if (lines.every(({ disposition }) => disposition === 'refused')) return { commands: stock };
      if (state.wanted[returnId] !== 'exchange') return { commands: [...stock, refund(orderId, returnId, source)] };
      const amendmentId = exchangeIdOf(returnId);
      const exchange = { type: 'ExchangeReturn' as const, orderId, returnId, amendmentId };
      return { commands: [...stock, source.issue(amendmentId, exchange)] };
    },
    // Nothing to replace it with: the money, then.
    AmendmentDeclined: (state, { orderId, amendmentId }, source) => {
      const returnId = Object.keys(state.wanted).find((each) => exchangeIdOf(each) === amendmentId);
      return returnId === undefined ? {} : { commands: [refund(orderId, returnId, source)] };
    },
  },
});
