'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { OrderRejectionReason } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { Button } from '../../_ui/button.tsx';
import { restOf, withMore } from '../_cart/cart.ts';
import { changeCart } from '../_cart/cart-store.ts';
import { moneyWords } from './money-words.ts';

const OrderTheRest = ({ order, reason }: { readonly order: ExistingOrder; readonly reason: SoldOut }) => {
  const router = useRouter();
  const rest = restOf(
    order.lines.map(({ sku, quantity }) => ({ sku, quantity })),
    reason.lines,
  );
  const names = reason.lines.map(({ lineId, available }) => {
    const name = order.lines.find((line) => line.lineId === lineId)?.name ?? 'An item';
    return available === 0
      ? `${name} is sold out.`
      : `Of ${name}, ${available} ${available === 1 ? 'is' : 'are'} left.`;
  });
  const putBack = () => {
    changeCart((cart) => {
      const { [order.orderId]: _, ...ordered } = cart.ordered;
      return rest.reduce((kept, { sku, quantity }) => withMore(kept, sku, quantity), { ...cart, ordered });
    });
    router.push('/checkout');
  };
  return (
    <>
      <p>Sold out before we could reserve it. Your card was not charged.{rest.length > 0 && ' Order the rest?'}</p>
      <p className="text-muted">{names.join(' ')}</p>
      <div className="mt-4">
        {rest.length > 0 ? (
          <Button variant="primary" onClick={putBack}>
            Order the rest
          </Button>
        ) : (
          <Button asChild>
            <Link href="/catalog">Look for something else</Link>
          </Button>
        )}
      </div>
    </>
  );
};

type SoldOut = Extract<OrderRejectionReason, { code: 'SoldOut' }>;

const declinedWords: Readonly<Record<string, string>> = {
  authentication_failed:
    'Your bank could not confirm that it was you. Nothing was charged and your cart is kept. Try again or use another card.',
  insufficient_funds:
    'Your bank says that the account holds too little. Nothing was charged and your cart is kept. Try another card.',
};

const AnotherCard = ({ words }: { readonly words: string }) => (
  <>
    <p>{words}</p>
    <Button asChild variant="primary" className="mt-4">
      <Link href="/checkout">Try another card</Link>
    </Button>
  </>
);

const Rejected = ({ order, reason }: { readonly order: ExistingOrder; readonly reason: OrderRejectionReason }) => {
  switch (reason.code) {
    case 'SoldOut':
      return <OrderTheRest order={order} reason={reason} />;
    case 'PaymentDeclined':
      return (
        <AnotherCard
          words={
            declinedWords[reason.declineCode] ??
            'Your bank declined the card. Nothing was charged and your cart is kept. Try another card.'
          }
        />
      );
    case 'PaymentNotCompleted':
      return (
        <AnotherCard words="The payment was not completed in time. Nothing was charged and your cart is kept. Try again." />
      );
    case 'Unavailable':
      return <p>The items could not be supplied. Nothing was charged.</p>;
  }
};

/** Why there is no way to draw any more: refused or canceled, what that means for the money, and what to do. */
export const OrderOutcome = ({ waybill, order }: { readonly waybill: Waybill; readonly order: ExistingOrder }) => {
  if (order.status === 'rejected') {
    return (
      <div role="status" className="max-w-prose">
        <Rejected order={order} reason={order.rejection} />
      </div>
    );
  }
  return (
    <div role="status" className="max-w-prose">
      <p>The order is canceled and will not be sent. {moneyWords(waybill)}</p>
      <Button asChild className="mt-4">
        <Link href="/catalog">Back to the shop</Link>
      </Button>
    </div>
  );
};
