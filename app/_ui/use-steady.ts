import { type PointerEvent, useEffect, useState } from 'react';

type Steady<Value> = {
  /** The newest value, but from a press to the end of its click the one that was pressed on. */
  readonly value: Value;
  readonly onPointerDown: (event: PointerEvent) => void;
};

/**
 * Holds a value still under a pressed pointer. A click whose press and release fall on two elements is none: a list
 * that changes in between would swallow it.
 */
export const useSteady = <Value>(newest: Value): Steady<Value> => {
  const [held, setHeld] = useState<{ readonly value: Value } | null>(null);
  const isHeld = held !== null;
  useEffect(() => {
    if (!isHeld) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // The click itself comes after the release.
    const release = () => {
      timer = setTimeout(() => setHeld(null));
    };
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerup', release);
      window.removeEventListener('pointercancel', release);
    };
  }, [isHeld]);
  const onPointerDown = ({ button }: PointerEvent) => {
    // The release of another button may go to a menu of the browser's.
    if (button === 0) setHeld({ value: newest });
  };
  return { value: held ? held.value : newest, onPointerDown };
};
