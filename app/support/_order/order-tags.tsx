'use client';

import { UserRound } from 'lucide-react';
import { useRef } from 'react';
import { Avatar } from '../../_ui/avatar.tsx';
import { cn } from '../../_ui/cn.ts';
import { TagChip } from '../../_ui/tag-chip.tsx';
import type { OrderAction } from '../_actions/order-action.ts';
import { orderActions } from '../_actions/order-actions.ts';
import { Colleagues } from '../_presence/colleagues.tsx';
import type { OrderPartProps } from './order-part.ts';
import { tellRan } from './tell-ran.ts';

interface OrderTagsProps extends OrderPartProps {
  readonly onAct: (action: OrderAction) => void;
}

const quiet = 'h-6 shrink-0 rounded-control px-1.5 hover:bg-tint hover:text-ink';

/** Who sees to the order, its tags, and who else looks at it. Always there: colleagues who come must move nothing. */
export const OrderTags = ({ onAct, ...part }: OrderTagsProps) => {
  const { desk, order, recorded, format } = part;
  const known = recorded.order.status === 'absent' ? null : recorded.order;
  const { tags, assignee } = order;
  const isPencil = known?.assignee !== assignee;
  const add = useRef<HTMLButtonElement>(null);
  const remove = (tag: string) => {
    tellRan(desk.untag(tag), {
      done: `${order.orderNumber} no longer tagged ${tag}`,
      notDone: `${order.orderNumber} kept its tag.`,
      undo: () => desk.tag(tag),
    });
    // The cross goes with its tag.
    add.current?.focus();
  };
  const act = (id: string) => {
    const action = orderActions.find((each) => each.id === id);
    if (action) onAct(action);
  };
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-1.5 border-rule border-b px-4 py-1 text-meta">
      <button
        type="button"
        aria-keyshortcuts="A"
        onClick={() => act('assign')}
        className={cn(quiet, 'settle -ml-1.5 flex items-center gap-1.5', isPencil ? 'text-pencil' : 'text-muted')}
      >
        {assignee === null ? (
          <UserRound aria-hidden="true" className="size-4" />
        ) : (
          <Avatar name={format.staff(assignee)} className={isPencil ? 'border-pencil border-dashed' : undefined} />
        )}
        {assignee === null ? (
          'Not assigned'
        ) : (
          <span className={isPencil ? undefined : 'text-ink'}>
            <span className="sr-only">Assigned to </span>
            {format.staff(assignee)}
          </span>
        )}
      </button>
      {tags.map((tag) => (
        <TagChip key={tag} tag={tag} pending={!known?.tags.includes(tag)} onRemove={() => remove(tag)} />
      ))}
      <button
        ref={add}
        type="button"
        aria-keyshortcuts="T"
        onClick={() => act('tag')}
        className={cn(quiet, 'text-muted')}
      >
        {tags.length === 0 ? 'Add a tag' : 'Tag'}
      </button>
      <Colleagues colleagues={desk.presence.colleagues} />
    </div>
  );
};
