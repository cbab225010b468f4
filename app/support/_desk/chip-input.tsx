'use client';

import { type KeyboardEvent, useEffect, useRef } from 'react';

interface ChipInputProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter: () => void;
  readonly onCancel: () => void;
  /** The focus is elsewhere: also after the other two. */
  readonly onBlur: () => void;
}

/** A chip while it is edited, in its place: Enter and leaving it keep it, Esc leaves it as it was. */
export const ChipInput = ({ value, onChange, onEnter, onCancel, onBlur }: ChipInputProps) => {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    // What follows the colon is what is mostly changed.
    const from = (input.current?.value.indexOf(':') ?? -1) + 1;
    input.current?.setSelectionRange(from, input.current.value.length);
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') onEnter();
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <input
      ref={input}
      aria-label="Edit filter"
      aria-describedby="search-help"
      autoComplete="off"
      spellCheck={false}
      size={Math.max(8, value.length + 1)}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      className="h-[22px] max-w-full rounded-full border border-field bg-sheet px-2 text-meta outline-none focus-visible:outline-2 focus-visible:outline-ring focus-visible:outline-offset-0 max-sm:h-8 max-sm:text-[1rem]"
    />
  );
};
