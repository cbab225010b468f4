'use client';

import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { Segment, Stop, type StopState } from '../../_ui/route-line.tsx';

export interface SliderStop {
  readonly id: string;
  /** "Picking started in Porto, 14 Nov 2026 09:00:00 UTC" */
  readonly words: string;
}

interface TimeSliderProps {
  readonly label: string;
  readonly stops: readonly SliderStop[];
  /** How many of them stand: 0 is before the first. */
  readonly count: number;
  readonly onCount: (count: number) => void;
}

const stateOf = (index: number, count: number): StopState =>
  index + 1 === count ? 'current' : index < count ? 'done' : 'past';

/** The route line as a slider, one stop an event; what came later is solid in muted. Arrows, Home and End move. */
export const TimeSlider = ({ label, stops, count, onCount }: TimeSliderProps) => {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = line.current;
    const stop = scroller?.querySelector<HTMLElement>(`[data-stop="${count}"]`);
    if (!scroller || !stop || scroller.scrollWidth <= scroller.clientWidth) return;
    scroller.scrollLeft = stop.offsetLeft - scroller.clientWidth / 2;
  }, [count]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = {
      ArrowLeft: count - 1,
      ArrowDown: count - 1,
      ArrowRight: count + 1,
      ArrowUp: count + 1,
      PageDown: count - 5,
      PageUp: count + 5,
      Home: 1,
      End: stops.length,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onCount(Math.min(stops.length, Math.max(1, to)));
  };
  const onPointer = (event: PointerEvent) => {
    if (event.type === 'pointermove' && event.buttons !== 1) return;
    const near = [...(line.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])]
      .map((stop) => ({ at: Number(stop.dataset.stop), box: stop.getBoundingClientRect() }))
      .map(({ at, box }) => ({ at, away: Math.abs((box.left + box.right) / 2 - event.clientX) }))
      .toSorted((a, b) => a.away - b.away)[0];
    if (near && near.at !== count) onCount(near.at);
  };
  return (
    <div
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={stops.length}
      aria-valuenow={count}
      aria-valuetext={
        count === 0 ? 'Before the first event' : `Event ${count} of ${stops.length}: ${stops[count - 1]?.words ?? ''}`
      }
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      className="focus-inset relative flex h-10 cursor-pointer items-center overflow-x-auto rounded-control px-1"
    >
      {stops.map((stop, index) => (
        <span key={stop.id} className={index === 0 ? 'flex shrink-0 items-center' : 'flex min-w-5 flex-1 items-center'}>
          {index > 0 && <Segment to={stateOf(index, count)} className="-mx-[3px] flex-1" />}
          <span data-stop={index + 1} title={stop.words} className="relative z-10 block shrink-0">
            <Stop state={stateOf(index, count)} />
          </span>
        </span>
      ))}
    </div>
  );
};
