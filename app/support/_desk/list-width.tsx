'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';

const storageKey = 'waybill-desk-list';
const [least, most, usual] = [480, 600, 552];

const within = (width: number): number => Math.min(most, Math.max(least, Math.round(width)));

/** The list's width, kept per browser. */
export const useListWidth = (): readonly [number, (width: number) => void] => {
  const [width, setWidth] = useState(usual);
  useEffect(() => setWidth(within(Number(localStorage.getItem(storageKey)) || usual)), []);
  const put = (next: number) => {
    setWidth(within(next));
    localStorage.setItem(storageKey, String(within(next)));
  };
  return [width, put];
};

interface ListSplitProps {
  readonly width: number;
  readonly onWidth: (width: number) => void;
}

/** The edge between list and order: dragged, or moved by arrows. */
export const ListSplit = ({ width, onWidth }: ListSplitProps) => {
  const [from, setFrom] = useState<{ readonly x: number; readonly width: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ x: event.clientX, width });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -12, ArrowRight: 12 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onWidth(width + by);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an <hr> can't be moved
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the list"
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={width}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => from && onWidth(from.width + event.clientX - from.x)}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
      onKeyDown={onKeyDown}
      className="relative z-20 -mx-1 w-2 shrink-0 cursor-col-resize touch-none before:absolute before:inset-y-0 before:left-1/2 before:w-px hover:before:w-0.5 hover:before:bg-field focus-visible:outline-offset-0 max-lg:hidden"
    />
  );
};
