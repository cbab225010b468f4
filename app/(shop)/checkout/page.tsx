import type { Metadata } from 'next';
import { pageCaller } from '../../_server/caller.ts';
import { CheckoutScreen } from '../_checkout/checkout-screen.tsx';

export const metadata: Metadata = { title: 'Checkout' };

export default async function CheckoutPage() {
  const { api } = await pageCaller();
  return (
    <div className="mx-auto max-w-[1200px] px-4 pt-8 sm:px-6 xl:px-0">
      <CheckoutScreen defaults={await api.shop.checkoutDefaults()} />
    </div>
  );
}
