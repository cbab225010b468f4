'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { type Cart, cartSchema, emptyCart } from './cart.ts';
import { countryCookie } from './country.ts';

const storageKey = 'waybill-cart-1';

const listeners = new Set<() => void>();
let parsed: { readonly text: string | null; readonly cart: Cart } = { text: null, cart: emptyCart };
// Where storage is denied, the cart lives as long as the page.
let memory: string | null = null;

const readText = (): string | null => {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return memory;
  }
};

const parse = (text: string | null): Cart => {
  if (text === null) return emptyCart;
  try {
    return cartSchema.catch(emptyCart).parse(JSON.parse(text));
  } catch {
    return emptyCart;
  }
};

/** The cart as it is now, in whichever tab it was changed last. */
export const currentCart = (): Cart => {
  const text = readText();
  if (text !== parsed.text) parsed = { text, cart: parse(text) };
  return parsed.cart;
};

/** Changes the cart in all tabs. */
export const changeCart = (change: (cart: Cart) => Cart): void => {
  const before = currentCart();
  const after = change(before);
  if (after === before) return;
  const text = JSON.stringify(after);
  memory = text;
  try {
    localStorage.setItem(storageKey, text);
  } catch {
    // Kept in memory above.
  }
  if (after.country !== before.country) {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous, a page load is not
    document.cookie = `${countryCookie}=${after.country}; Path=/; SameSite=Lax; Max-Age=31536000`;
  }
  for (const listener of listeners) listener();
};

const subscribe = (listener: () => void): (() => void) => {
  const onStorage = (event: StorageEvent) => {
    if (event.key === storageKey || event.key === null) listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onStorage);
  };
};

/** The cart; empty while the page wakes up. */
export const useCart = (): Cart => useSyncExternalStore(subscribe, currentCart, () => emptyCart);

const never = () => () => {};

/** False on the server and while hydrating: what only the browser knows (the cart) is not there yet. */
export const useIsAwake = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );

/** The country that the visitor ships to, and how to change it. `initial` is what the server rendered with. */
export const useCountry = (initial: string): readonly [string, (country: string) => void] => {
  const isAwake = useIsAwake();
  const { country } = useCart();
  const choose = useCallback((next: string) => changeCart((cart) => ({ ...cart, country: next })), []);
  return [isAwake ? country : initial, choose];
};
