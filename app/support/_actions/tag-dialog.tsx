'use client';

import { useQuery } from '@tanstack/react-query';
import { Plus, Tag } from 'lucide-react';
import { useState } from 'react';
import { tagFrom } from '#domain/order/tags.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import { PickDialog, type PickItem } from '../../_ui/pick-dialog.tsx';
import { Band } from '../../_ui/states.tsx';
import { TagChip } from '../../_ui/tag-chip.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { tellRan } from '../_order/tell-ran.ts';
import { tagJob } from '../_selection/bulk-jobs.ts';
import { countOf } from '../_selection/count-of.ts';
import type { ManyDialogProps } from './order-action.ts';

/** Before anybody has tagged anything. */
const usual = ['vip', 'gift', 'fragile', 'call-back'];

const useSuggestions = (without: readonly string[]): readonly PickItem[] => {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.support.tags.queryOptions(undefined, { staleTime: 60_000 }));
  return [...new Set([...data, ...usual])]
    .filter((tag) => !without.includes(tag))
    .map((tag) => ({ id: tag, label: tag, icon: <Tag aria-hidden="true" /> }));
};

const created = (typed: string): PickItem | null => {
  const tag = tagFrom(typed);
  return tag === null
    ? null
    : { id: tag, label: tag, icon: <Plus aria-hidden="true" />, detail: 'New tag', keywords: [typed] };
};

const words = {
  label: 'Tag',
  placeholder: 'vip, gift, call-back',
  empty: 'A tag needs a letter or a digit.',
  create: created,
} as const;

/** The order's tags: Enter adds one, the cross takes one off. */
export const TagDialog = ({ desk, order, onClose }: OrderPartProps & { readonly onClose: () => void }) => {
  const [error, setError] = useState<string>();
  const items = useSuggestions(order.tags);
  const { orderNumber, tags } = order;
  const add = (tag: string) => {
    const ran = desk.tag(tag);
    if (!ran.ok) return setError(ran.words);
    if (!tags.includes(tag))
      tellRan(ran, {
        done: `${orderNumber} tagged ${tag}`,
        notDone: `${orderNumber} was not tagged.`,
        undo: () => desk.untag(tag),
      });
    onClose();
  };
  const remove = (tag: string) => {
    const ran = desk.untag(tag);
    if (!ran.ok) return setError(ran.words);
    tellRan(ran, {
      done: `${orderNumber} no longer tagged ${tag}`,
      notDone: `${orderNumber} kept its tag.`,
      undo: () => desk.tag(tag),
    });
  };
  return (
    <PickDialog {...words} title={`Tag ${orderNumber}`} items={items} onPick={add} onClose={onClose}>
      {error && (
        <Band tone="bad" className="mb-3 rounded-control">
          {error}
        </Band>
      )}
      {tags.length > 0 && (
        <ul aria-label="Tags" className="mb-3 flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag} className="min-w-0">
              <TagChip tag={tag} onRemove={() => remove(tag)} />
            </li>
          ))}
        </ul>
      )}
    </PickDialog>
  );
};

/** One tag for all that are selected. */
export const TagMany = ({ orders, onRun, onClose }: ManyDialogProps) => {
  const client = useTRPCClient();
  return (
    <PickDialog
      {...words}
      title={`Tag ${countOf(orders)}`}
      items={useSuggestions([])}
      onPick={(tag) => {
        onRun(tagJob(client, tag));
        onClose();
      }}
      onClose={onClose}
    />
  );
};
