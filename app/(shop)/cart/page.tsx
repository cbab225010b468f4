import type { Metadata } from 'next';
import { CartScreen } from '../_cart/cart-screen.tsx';
import { visitorCountry } from '../_cart/visitor-country.ts';

export const metadata: Metadata = { title: 'Cart' };

export default async function CartPage() {
  return <CartScreen initialCountry={await visitorCountry()} />;
}
