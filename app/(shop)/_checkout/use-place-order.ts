'use client';

import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { v7 } from 'uuid';
import { useOverlayStore } from '../../_optimistic/provider.tsx';
import { rejectionOf } from '../../_trpc/api-error.ts';
import type { RouterInputs, RouterOutputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { type Cart, setAsideFor } from '../_cart/cart.ts';
import { changeCart } from '../_cart/cart-store.ts';
import { recall, remember } from './checkout-memory.ts';
import type { CheckoutForm } from './checkout-schema.ts';

type Attempt = RouterInputs['shop']['placeOrder'];
type Choice = Pick<Attempt, 'lines' | 'discountCode' | 'agreedTotalMinor'>;
type Answer = RouterOutputs['shop']['placeOrder'];

export type PlacedOrder = { readonly orderId: string; readonly link: string | null };

const withoutCommand = ({ commandId: _, ...body }: Attempt): string => JSON.stringify(body);

const attemptOf = (form: CheckoutForm, choice: Choice, orderId: string, cardToken: string): Attempt => ({
  orderId,
  commandId: v7(),
  ...choice,
  contact: { name: form.name, email: form.email, phone: form.phone === '' ? null : form.phone },
  address: {
    name: form.name,
    street: form.street,
    postalCode: form.postalCode,
    city: form.city,
    region: null,
    country: form.country,
  },
  shippingMethod: form.shippingMethod,
  cardToken,
});

const whoOf = ({ email, name, street, postalCode, city, country, phone }: CheckoutForm) => ({
  email,
  name,
  street,
  postalCode,
  city,
  country,
  phone,
});

/** The cart without what was ordered: what was put in since stays. */
const orderedFrom = (cart: Cart, { orderId, lines }: Attempt): Cart => {
  const ordered = new Map(lines.map(({ sku, quantity }) => [sku, quantity]));
  const left = cart.lines.flatMap(({ sku, quantity }) => {
    const more = quantity - (ordered.get(sku) ?? 0);
    return more > 0 ? [{ sku, quantity: more }] : [];
  });
  return { ...setAsideFor(cart, orderId, lines), lines: left };
};

/**
 * Places the order once, however often it is asked to: the order's id stays the same from the first press to the
 * answer, and what is sent again unchanged carries the same command id. `account`: its mail address, null for a guest.
 */
export const usePlaceOrder = (account: string | null) => {
  const trpc = useTRPC();
  const overlay = useOverlayStore();
  const tokenize = useMutation(trpc.shop.tokenizeCard.mutationOptions());
  const place = useMutation(trpc.shop.placeOrder.mutationOptions());
  const unanswered = useRef<Attempt | null>(null);
  const tokenOf = useRef<{ readonly card: string; readonly token: string } | null>(null);

  const cardToken = async (form: CheckoutForm): Promise<string> => {
    const card = { number: form.cardNumber, expiry: form.expiry, cvc: form.cvc };
    const written = JSON.stringify(card);
    if (tokenOf.current?.card === written) return tokenOf.current.token;
    const { cardToken: token } = await tokenize.mutateAsync(card);
    tokenOf.current = { card: written, token };
    return token;
  };

  const keep = (attempt: Attempt | null) => {
    unanswered.current = attempt;
    remember<Attempt>(account, { unanswered: attempt });
  };

  const kept = (): Attempt | null => unanswered.current ?? recall<Attempt>(account).unanswered;

  const send = async (attempt: Attempt): Promise<Answer> => {
    try {
      return await place.mutateAsync(attempt);
    } catch (error) {
      // A refusal of what is kept is an answer to it: nothing of it stands.
      if (rejectionOf(error) && kept()?.commandId === attempt.commandId) keep(null);
      throw error;
    }
  };

  const sendOnce = async (attempt: Attempt, before: Attempt | null): Promise<readonly [Attempt, Answer]> => {
    try {
      return [attempt, await send(attempt)];
    } catch (error) {
      // The first sending did arrive, and only its answer was lost: ask for that answer.
      if (before && rejectionOf(error)?.code === 'OrderExists') return [before, await send(before)];
      throw error;
    }
  };

  /** Rejects with the API's error. */
  const run = async (form: CheckoutForm, choice: Choice): Promise<PlacedOrder> => {
    const before = kept();
    const fresh = attemptOf(form, choice, before?.orderId ?? v7(), await cardToken(form));
    const attempt = before && withoutCommand(before) === withoutCommand(fresh) ? before : fresh;
    // What was sent first is kept: its answer is the one that may have been lost.
    if (!before) keep(attempt);
    remember<Attempt>(account, { who: whoOf(form) });
    const [sent, answer] = await sendOnce(attempt, before);
    keep(null);
    overlay.adopt(sent.commandId, answer);
    changeCart((cart) => orderedFrom(cart, sent));
    return { orderId: sent.orderId, link: answer.link };
  };

  return { run, isBusy: tokenize.isPending || place.isPending };
};
