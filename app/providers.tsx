'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { LiveRegion } from './_ui/announce.tsx';
import { Toaster } from './_ui/toast.tsx';
import { TooltipProvider } from './_ui/tooltip.tsx';

interface ProvidersProps {
  /** The CSP nonce of this response, for the theme script. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

/** What every page needs around it. The query provider of app/_trpc goes between theme and tooltip. */
export const Providers = ({ nonce, children }: ProvidersProps) => (
  <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange {...(nonce ? { nonce } : {})}>
    <TooltipProvider>
      {children}
      <Toaster />
      <LiveRegion />
    </TooltipProvider>
  </ThemeProvider>
);
