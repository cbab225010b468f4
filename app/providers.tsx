'use client';

import { ThemeProvider } from 'next-themes';
import type { ReactNode } from 'react';
import { OptimisticProvider } from './_optimistic/provider.tsx';
import { ApiProvider } from './_trpc/provider.tsx';
import { LiveRegion } from './_ui/announce.tsx';
import { Toaster } from './_ui/toast.tsx';
import { TooltipProvider } from './_ui/tooltip.tsx';
import { RecordingNotice } from './recording-notice.tsx';

interface ProvidersProps {
  /** The CSP nonce of this response, for the theme script. */
  readonly nonce: string | undefined;
  readonly children: ReactNode;
}

/** What every page needs around it. */
export const Providers = ({ nonce, children }: ProvidersProps) => (
  <ThemeProvider attribute="class" defaultTheme="system" disableTransitionOnChange {...(nonce ? { nonce } : {})}>
    <ApiProvider>
      <OptimisticProvider>
        <TooltipProvider>
          <RecordingNotice />
          {children}
          <Toaster />
          <LiveRegion />
        </TooltipProvider>
      </OptimisticProvider>
    </ApiProvider>
  </ThemeProvider>
);
