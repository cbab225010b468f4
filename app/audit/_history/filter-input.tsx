'use client';

import { type ComponentProps, useEffect, useRef, useState } from 'react';
import { Input } from '../../_ui/input.tsx';

interface FilterInputProps extends Omit<ComponentProps<typeof Input>, 'value' | 'onChange' | 'defaultValue'> {
  readonly value: string;
  readonly onCommit: (value: string) => void;
}

/** Long enough that a word is typed, short enough that the list seems to follow. */
const settleMs = 300;

/** A text that takes effect when typing pauses, on Enter, and on leaving. */
export const FilterInput = ({ value, onCommit, ...props }: FilterInputProps) => {
  const [draft, setDraft] = useState(value);
  const [told, setTold] = useState(value);
  // The address changed under the input: Back, a link, Clear.
  if (value !== told) {
    setTold(value);
    setDraft(value);
  }
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const commit = (text: string) => {
    clearTimeout(timer.current);
    if (text.trim() === told) return;
    setTold(text.trim());
    onCommit(text.trim());
  };
  return (
    <Input
      autoComplete="off"
      spellCheck={false}
      {...props}
      value={draft}
      onChange={({ target }) => {
        setDraft(target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => commit(target.value), settleMs);
      }}
      onBlur={() => commit(draft)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(draft);
      }}
    />
  );
};
