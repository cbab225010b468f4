import { z } from 'zod';
import type { PaymentMethod } from '#domain/order/events.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import { commandIdSchema, orderIdSchema } from '#domain/shared/ids.ts';
import { signOrderLink } from '#server/auth/order-link.ts';
import { findCustomer, saveAddress } from '#server/queries/customer.ts';
import { type Buyer, enrichPlaceOrder } from '#server/runtime/enrich-place-order.ts';
import { handleWaybillCommand } from '#server/runtime/handle-command.ts';
import type { Viewer } from '../access.ts';
import type { ApiContext } from '../context.ts';
import { guestActor, publicProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';
import { answerFor, firstAnswerFor } from '../run-command.ts';
import { cardOf } from './card-of.ts';
import { cartLines, countryCode, discountCode, shippingMethodCode } from './cart-input.ts';

const text = (most: number) => z.string().trim().min(1, 'Fill this in').max(most);

const input = z.strictObject({
  /** uuidv7, made by the client. */
  orderId: orderIdSchema,
  commandId: commandIdSchema,
  lines: cartLines,
  contact: z.strictObject({
    name: text(200),
    email: z.email('Enter a mail address, like ines@example.pt').max(320),
    phone: z.string().trim().max(40).nullable(),
  }),
  address: z.strictObject({
    name: text(200),
    street: text(300),
    postalCode: text(20),
    city: text(120),
    region: z.string().trim().max(120).nullable(),
    country: countryCode,
  }),
  shippingMethod: shippingMethodCode,
  discountCode,
  /** The gateway's token for the card: of `shop.tokenizeCard`, or with Stripe a payment method of its own form. */
  cardToken: z.string().min(1).max(200),
  /** The total on the buyer's screen; when it is no longer true, nothing is ordered. */
  agreedTotalMinor: z.int().min(0).nullable(),
});

const buyerOf = async (ctx: ApiContext, orderId: string): Promise<{ readonly buyer: Buyer; readonly actor: Actor }> => {
  const { viewer } = ctx;
  // Staff buy like guests: an account of theirs is for work.
  if (viewer?.role !== 'customer') {
    const guest = guestActor(orderId);
    const actor = viewer ? { id: viewer.id, role: viewer.role } : guest;
    return { buyer: { subjectId: guest.id, customerId: null, tier: 'standard' }, actor };
  }
  const customer = await findCustomer(ctx.runtime.crud, viewer.id);
  return {
    buyer: { subjectId: viewer.id, customerId: viewer.id, tier: customer?.tier ?? 'standard' },
    actor: { id: viewer.id, role: viewer.role },
  };
};

const rememberAddress = (ctx: ApiContext, viewer: Viewer, order: z.output<typeof input>): void => {
  // A convenience for the next checkout: this order doesn't wait for it, nor fail with it.
  saveAddress(ctx.runtime.crud, viewer.id, { ...order.address, phone: order.contact.phone }).catch((error: unknown) =>
    ctx.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'the address was not kept'),
  );
};

const methodOf = async (ctx: ApiContext, token: string): Promise<PaymentMethod | null> => {
  const card = await cardOf(ctx.runtime, token);
  return card && { kind: 'card', token, brand: card.brand, last4: card.last4 };
};

/**
 * Places an order: the server puts in prices, tax, shipping, promise and the actor. Answers with what was recorded,
 * its token, and for guests the signed link by which they see their order.
 */
export const placeOrder = publicProcedure.input(input).mutation(async ({ ctx, input: order }) => {
  const { orderId, commandId } = order;
  await ctx.runtime.placeTogether();
  const { buyer, actor } = await buyerOf(ctx, orderId);
  const now = new Date().toISOString();
  const method = methodOf(ctx, order.cardToken);
  // Asked for while the cart is priced: the event will be encrypted with it. What fails here fails again there.
  ctx.runtime.subjectKeys.forWriting([buyer.subjectId]).catch(() => undefined);
  const enriched = await enrichPlaceOrder(ctx.runtime, order, buyer, method, now);
  if (!enriched.ok) {
    // What was already ordered stands, even if prices have changed between the first try and this one.
    const first = await firstAnswerFor(ctx.runtime, { commandId, actor, body: order });
    if (!first) throw rejected(enriched.rejection);
    return { ...first, link: linkFor(ctx, buyer, orderId) };
  }
  const recorded = answerFor(
    await handleWaybillCommand(ctx.runtime, {
      commandId,
      actor,
      body: order,
      orderKey: orderId,
      command: enriched.command,
      occurredAt: now,
    }),
  );
  if (ctx.viewer?.role === 'customer') rememberAddress(ctx, ctx.viewer, order);
  return { ...recorded, link: linkFor(ctx, buyer, orderId) };
});

const linkFor = (ctx: ApiContext, buyer: Buyer, orderId: string): string | null =>
  buyer.customerId === null ? signOrderLink(ctx.runtime.env.WAYBILL_LINK_KEY, orderId) : null;
