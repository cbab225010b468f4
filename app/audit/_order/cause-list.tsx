'use client';

import Link from 'next/link';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { CauseNode } from '#domain/shared/cause-tree.ts';
import { describeEvent, type EventFormat } from '#domain/waybill/event-words.ts';
import { cn } from '../../_ui/cn.ts';
import { Stop } from '../../_ui/route-line.tsx';
import { Time } from '../../_ui/time.tsx';
import type { HistoryNode } from './order-history.ts';

interface CauseListProps {
  readonly tree: readonly CauseNode<HistoryNode>[];
  /** The event that is looked at. */
  readonly count: number;
  readonly onCount: (count: number) => void;
  readonly who: (node: HistoryNode) => string;
  readonly format: EventFormat;
}

/** Deeper causes stand no further in: the words need the room. */
const deepestIndent = 7;
const indentPx = 16;
/** The heading that stays on top of the list. */
const headPx = 40;

/** Who did what because of what: effects stand under their causes, one step further in. */
export const CauseList = ({ tree, count, onCount, who, format }: CauseListProps) => {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Only where the list scrolls by itself; on a narrow page it would pull the whole page down to it.
    const box = list.current?.closest('aside');
    const row = list.current?.querySelector<HTMLElement>(`[data-event="${count}"]`);
    if (!box || !row || box.scrollHeight <= box.clientHeight) return;
    const [inside, outside] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
    const above = inside.top - outside.top - headPx;
    const below = inside.bottom - outside.bottom;
    if (above < 0) box.scrollTop += above;
    else if (below > 0) box.scrollTop += below;
  }, [count]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    const stops = [...(list.current?.querySelectorAll<HTMLElement>('a, button') ?? [])];
    const next = stops[stops.indexOf(event.target as HTMLElement) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <ol ref={list} aria-label="Causes and effects" onKeyDown={onKeyDown}>
      {tree.map(({ event: node, depth }) => {
        const { title, quote } = describeEvent(node.event, format);
        const later = node.number === null ? false : node.number > count;
        const words = (
          <>
            <span aria-hidden="true" className="flex h-5 shrink-0 items-center">
              {node.number === null ? (
                <span className="mx-1 block size-1.5 rounded-full bg-current text-muted" />
              ) : (
                <Stop state={node.number === count ? 'current' : later ? 'past' : 'done'} />
              )}
            </span>
            <span className="min-w-0">
              {depth > 0 && <span className="sr-only">Level {depth + 1}, an effect: </span>}
              <span className={cn('block', node.number === null || later ? 'text-muted' : 'font-medium')}>
                {title}
                {quote && <span className="font-normal text-muted"> “{quote}”</span>}
              </span>
              <span className="block text-meta text-muted">
                {who(node)} · <Time at={node.recordedAt} variant="audit" kind="recorded" />
              </span>
            </span>
          </>
        );
        const looks = 'focus-inset flex w-full items-start gap-2.5 py-1.5 pr-4 text-left hover:bg-tint';
        const style = { paddingLeft: 16 + Math.min(depth, deepestIndent) * indentPx };
        return (
          <li key={node.eventId} className="relative">
            {Array.from({ length: Math.min(depth, deepestIndent) }, (_, level) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: the rules of the levels are alike
                key={level}
                aria-hidden="true"
                className="pointer-events-none absolute inset-y-0 border-rule border-l"
                style={{ left: 22 + level * indentPx }}
              />
            ))}
            {node.number === null ? (
              <Link
                href={`/audit/inventory/${encodeURIComponent(node.streamId.replace(/^inventory-/, ''))}`}
                className={looks}
                style={style}
              >
                {words}
              </Link>
            ) : (
              <button
                type="button"
                data-event={node.number}
                aria-current={node.number === count ? 'step' : undefined}
                onClick={() => onCount(node.number ?? 1)}
                className={cn(
                  looks,
                  node.number === count &&
                    'bg-pick shadow-[inset_3px_0_0_var(--hivis),inset_4px_0_0_var(--ink)] hover:bg-pick',
                )}
                style={style}
              >
                {words}
              </button>
            )}
          </li>
        );
      })}
    </ol>
  );
};
