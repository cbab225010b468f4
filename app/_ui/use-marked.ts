'use client';

import { useLayoutEffect, useState } from 'react';

/**
 * Which item of a cmdk list is marked, for its `value` and `onValueChange`: what was marked last while it is there, else
 * the first of those that can be chosen. Left alone, cmdk marks none where an answer takes the place of another while it
 * looks away, and Enter does nothing.
 */
export const useMarked = (values: readonly string[]) => {
  const [marked, setMarked] = useState('');
  const [first = ''] = values;
  // Not worked out at each drawing: cmdk hears of a value only when it changes, and has to hear of its own "none" too.
  useLayoutEffect(() => {
    if (!values.includes(marked)) setMarked(first);
  });
  return { value: marked, onValueChange: setMarked };
};
