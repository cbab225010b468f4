import type { PlaceOrder } from '#domain/order/decide.ts';
import type { CreateDraftOrder, PlaceDraftOrder, ReviseDraftOrder } from '#domain/order/draft.ts';
import type { PriceOverride } from '#domain/order/draft-events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { expect } from './simulation-error.ts';

type DraftsOptions = {
  readonly random: Random;
  readonly newId: () => string;
  /** An order as the server would price it. */
  readonly priced: (orderId: OrderId) => PlaceOrder;
  readonly orders: () => readonly (readonly [OrderId, Waybill])[];
  readonly command: (orderId: OrderId, wanted: WaybillCommand, actor: Actor) => Promise<void>;
  readonly agent: Actor;
};

/** A draft of what was priced; some of its prices are an agent's own. */
const draftOf = (random: Random, order: PlaceOrder): CreateDraftOrder => {
  const { externalReference: _e, channel: _c, paymentMethod: _p, ...rest } = order;
  const overrides: PriceOverride[] = random.chance(0.6)
    ? order.lines
        .slice(0, 1)
        .map(({ lineId, unitPriceMinor }) => ({ lineId, catalogPriceMinor: unitPriceMinor + 10, reason: 'Agreed' }))
    : [];
  return { ...rest, type: 'CreateDraftOrder', overrides };
};

const revisionOf = (draft: CreateDraftOrder): ReviseDraftOrder => {
  const { orderNumber: _n, subjectId: _s, customerId: _i, tier: _t, ...content } = draft;
  return { ...content, type: 'ReviseDraftOrder' };
};

/** As the server would have it: the draft's own lines, and a card that somebody read out. */
const placementOf = (
  { random, newId, priced }: DraftsOptions,
  orderId: OrderId,
  order: ExistingOrder,
): PlaceDraftOrder => {
  const { type: _type, paymentMethod, ...placed } = priced(orderId);
  const { orderNumber, subjectId, customerId, tier, contact, shipTo, currency, lines, totals, discount } = order;
  const { shippingMethod, taxRateBasisPoints } = order;
  const drafted = { orderNumber, subjectId, customerId, tier, contact, shipTo, currency, lines, totals, discount };
  const phone = { channel: 'phone' as const, paymentMethod };
  // Now and then somebody wrote it anew meanwhile.
  const content = random.chance(0.9) ? { ...drafted, shippingMethod, taxRateBasisPoints } : {};
  return { type: 'PlaceDraftOrder', orderId, placementId: newId(), placed: { ...placed, ...content, ...phone } };
};

/** Agents who take orders on the phone. */
export const createDrafts = (options: DraftsOptions) => {
  const { random, newId, priced, orders, command, agent } = options;
  return {
    draft: async () => {
      const orderId = newId() as OrderId;
      await command(orderId, draftOf(random, priced(orderId)), agent);
    },
    stepDraft: async () => {
      const drafts = orders().filter(([, { order }]) => order.status === 'draft');
      const [orderId, waybill] = drafts[random.int(drafts.length)] ?? [];
      if (!orderId || !waybill || waybill.order.status === 'absent') return;
      const { order } = waybill;
      if (random.chance(0.2)) return command(orderId, { type: 'DiscardDraftOrder', orderId }, agent);
      if (random.chance(0.4)) {
        const { orderNumber } = order;
        return command(orderId, revisionOf(draftOf(random, { ...priced(orderId), orderNumber })), agent);
      }
      return command(orderId, placementOf(options, orderId, order), agent);
    },
  };
};

/** A draft reserves nothing (as any order's stock is checked), asks no bank, and sends nothing. */
export const expectDraftQuiet = ({ order, payments, fulfillments }: Waybill): void => {
  if (order.status !== 'draft' && order.status !== 'discarded') return;
  const { orderId } = order;
  expect(Object.keys(payments).length === 0, 'No bank is asked for a draft', { orderId, payments });
  expect(Object.keys(fulfillments).length === 0, 'Nothing is sent of a draft', { orderId, fulfillments });
};
