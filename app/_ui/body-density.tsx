'use client';

import { useLayoutEffect } from 'react';
import type { Density } from './back-office-shell.tsx';

/**
 * Gives the body the density of the shell in it, for the dialogs, menus and toasts that are portalled beside the shell.
 * Not by `body:has()`: each change of the page would ask for the body's style again.
 */
export const BodyDensity = ({ of }: { readonly of: Density | 'shop' }) => {
  useLayoutEffect(() => {
    document.body.setAttribute('data-portal-density', of);
    return () => document.body.removeAttribute('data-portal-density');
  }, [of]);
  return null;
};
