'use client';

import { useCallback } from 'react';
import { notify } from '../../_ui/toast.tsx';
import { signOut } from './auth-calls.ts';

/** Signs out and loads the shop anew, so that nothing of the account stays in memory. */
export const useSignOut = (): (() => void) =>
  useCallback(() => {
    signOut().then(
      () => window.location.assign('/'),
      (problem: unknown) => notify(problem instanceof Error ? problem.message : 'Signing out did not work. Try again.'),
    );
  }, []);
