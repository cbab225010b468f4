import type { Resolution } from '#domain/order/return-events.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { LineId, OrderId } from '#domain/shared/ids.ts';
import { replacementOf } from '#domain/waybill/replacement-lines.ts';
import { defineProcess, type Source } from './define-process.ts';

export type ReturnsState = {
  /** By return id. */
  readonly wanted: Readonly<Record<string, Resolution>>;
  /** By the id of an inspected return: the refunds that may have been asked for what of it is not sent again. */
  readonly refunds: Readonly<Record<string, readonly string[]>>;
};

const exchangeIdOf = (returnId: string): string => derivedId('exchange', returnId);

type Wanted = { readonly orderId: OrderId; readonly returnId: string; readonly refundId: string };

const refund = (state: ReturnsState, { orderId, returnId, refundId }: Wanted, source: Source) => {
  const earlier = (state.refunds[returnId] ?? []).filter((each) => each !== refundId);
  return {
    state: { ...state, refunds: { ...state.refunds, [returnId]: [...earlier, refundId] } },
    commands: [source.issue(refundId, { type: 'RefundReturn', orderId, returnId, refundId, earlier })],
  };
};

/** Asks for what of each of these returns was not asked for before. */
const payBack = (before: ReturnsState, orderId: OrderId, returnIds: readonly string[], source: Source) =>
  returnIds.toSorted().reduce(
    ({ state, commands }, returnId) => {
      const refundId = derivedId('refund', returnId, source.recorded.eventId);
      const back = refund(state, { orderId, returnId, refundId }, source);
      return { state: back.state, commands: [...commands, ...back.commands] };
    },
    { state: before, commands: [] as ReturnType<typeof refund>['commands'] },
  );

/** Returns whose replacement is among these lines. */
const replacedBy = ({ wanted }: ReturnsState, lineIds: readonly LineId[]): string[] => {
  const replaced = new Set(lineIds.map((lineId) => replacementOf(lineId)?.returnId));
  return Object.keys(wanted).filter((returnId) => replaced.has(returnId));
};

const returnOf = (state: ReturnsState, amendmentId: string): string | undefined =>
  Object.keys(state.wanted).find((returnId) => exchangeIdOf(returnId) === amendmentId);

/** Lifts the state of an earlier release. Those forgot what a return was worth once its exchange was asked for. */
const upgrade = (state: unknown, version: number): ReturnsState => {
  if (version !== 1 && version !== 2) throw new Error(`Process returns has a state of version ${version}`);
  const { wanted, refunds = {} } = state as Pick<ReturnsState, 'wanted'> & Partial<ReturnsState>;
  const exchanged = Object.entries(wanted).flatMap(([returnId, resolution]) =>
    resolution === 'exchange' ? [[returnId, [exchangeIdOf(returnId), derivedId('refund', returnId)]] as const] : [],
  );
  return { wanted, refunds: { ...Object.fromEntries(exchanged), ...refunds } };
};

/** What came back and was looked at goes back into stock, and is paid back or replaced. */
export const returns = defineProcess<ReturnsState>({
  name: 'returns',
  version: 3,
  initial: { wanted: {}, refunds: {} },
  upgrade,
  on: {
    ReturnRequested: (state, { returnId, resolution }) => ({
      state: { ...state, wanted: { ...state.wanted, [returnId]: resolution } },
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
      if (state.wanted[returnId] !== 'exchange') {
        const back = refund(state, { orderId, returnId, refundId: derivedId('refund', returnId) }, source);
        return { state: back.state, commands: [...stock, ...back.commands] };
      }
      const amendmentId = exchangeIdOf(returnId);
      const exchange = { type: 'ExchangeReturn' as const, orderId, returnId, amendmentId };
      return {
        // Refused, it is paid back under the same id.
        state: { ...state, refunds: { ...state.refunds, [returnId]: [amendmentId] } },
        commands: [...stock, source.issue(amendmentId, exchange)],
      };
    },
    // Nothing to replace it with: the money, then.
    AmendmentDeclined: (state, { orderId, amendmentId }, source) => {
      const returnId = returnOf(state, amendmentId);
      return returnId === undefined
        ? {}
        : refund(state, { orderId, returnId, refundId: derivedId('refund', returnId) }, source);
    },
    // Somebody took what should be sent again out of the order: the money, then.
    OrderLineRemoved: (state, { orderId, lineId }, source) =>
      payBack(state, orderId, replacedBy(state, [lineId]), source),
    OrderLinesCanceled: (state, { orderId, lines }, source) => {
      const lineIds = lines.map(({ lineId }) => lineId);
      return payBack(state, orderId, replacedBy(state, lineIds), source);
    },
    OrderLineQuantityChanged: (state, { orderId, lineId }, source) =>
      payBack(state, orderId, replacedBy(state, [lineId]), source),
    // What should be sent again may not have been found, and what came back may have come to cost more.
    OrderCompleted: (state, { orderId }, source) => payBack(state, orderId, Object.keys(state.refunds), source),
    // It stood in the way of what these are worth; or what they were sent for was not paid yet.
    RefundFailed: (state, { orderId }, source) => payBack(state, orderId, Object.keys(state.refunds), source),
    PaymentCaptured: (state, { orderId }, source) => payBack(state, orderId, Object.keys(state.refunds), source),
  },
});
