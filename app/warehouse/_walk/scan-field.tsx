'use client';

import { Keyboard, ScanBarcode } from 'lucide-react';
import { type RefObject, useEffect, useState } from 'react';
import { isTyping } from '../../_ui/keys.ts';

interface ScanFieldProps {
  readonly field: RefObject<HTMLInputElement | null>;
  /** What was scanned or typed, on Enter. */
  readonly onScan: (text: string) => void;
  /** F2: letters are codes here, so a short pick needs a key that types none. */
  readonly onShortPick: () => void;
}

const floats = '[role=dialog], [role=alertdialog], [role=menu], [role=listbox]';

/** A key that a scanner begins a code with. */
const isCodeKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  /^[A-Za-z0-9]$/.test(key) && !ctrlKey && !metaKey && !altKey;

/** Scanners type: whatever has the focus, a code's first key brings it back here. Buttons stay reachable by Tab. */
const useCatchScans = (field: RefObject<HTMLInputElement | null>): void => {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target) || document.querySelector(floats)) return;
      // The very key is then typed into the field.
      if (isCodeKey(event) || event.key === 'Escape') field.current?.focus();
    };
    const onClick = ({ target }: MouseEvent) => {
      const isControl = target instanceof Element && target.closest('a, button, input, select, textarea, label');
      if (!isControl && !document.querySelector(floats) && !window.getSelection()?.toString()) field.current?.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('click', onClick);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('click', onClick);
    };
  }, [field]);
};

/** Where the scanner types. It keeps the focus; the screen keyboard comes only when it is asked for. */
export const ScanField = ({ field, onScan, onShortPick }: ScanFieldProps) => {
  const [text, setText] = useState('');
  const [showsKeys, setShowsKeys] = useState(false);
  useCatchScans(field);
  useEffect(() => field.current?.focus(), [field]);
  return (
    <form
      className="relative p-3.5 pb-2"
      onSubmit={(event) => {
        event.preventDefault();
        onScan(text);
        setText('');
      }}
    >
      <ScanBarcode
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-8 size-7 -translate-y-[calc(50%-3px)] text-on-hivis"
      />
      <input
        ref={field}
        type="text"
        aria-label="Scan bin or item"
        placeholder="Scan bin or item"
        inputMode={showsKeys ? 'text' : 'none'}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="done"
        maxLength={80}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'F2') return;
          event.preventDefault();
          onShortPick();
        }}
        className="h-16 w-full rounded-panel border-2 border-ink bg-hivis pr-16 pl-[58px] font-semibold text-on-hivis text-section uppercase placeholder:text-on-hivis placeholder:normal-case placeholder:opacity-100"
      />
      <button
        type="button"
        aria-label="Show the screen keyboard"
        aria-pressed={showsKeys}
        onClick={() => {
          setShowsKeys((shows) => !shows);
          // The keyboard opens for a field that gets the focus, not for one that has it.
          field.current?.blur();
          requestAnimationFrame(() => field.current?.focus());
        }}
        className="absolute top-1/2 right-5 flex size-12 -translate-y-[calc(50%-3px)] items-center justify-center rounded-control text-on-hivis"
      >
        <Keyboard aria-hidden="true" className="size-6" />
      </button>
    </form>
  );
};
