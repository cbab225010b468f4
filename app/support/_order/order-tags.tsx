'use client';

import { UserRound } from 'lucide-react';
import { Avatar } from '../../_ui/avatar.tsx';
import { cn } from '../../_ui/cn.ts';
import { TagChip } from '../../_ui/tag-chip.tsx';
import type { OrderPartProps } from './order-part.ts';

/** Who sees to the order, and its tags; nothing where there is neither. */
export const OrderTags = ({ desk, order, recorded, format }: OrderPartProps) => {
  const known = recorded.order.status === 'absent' ? null : recorded.order;
  const { tags, assignee } = order;
  if (tags.length === 0 && assignee === null) return null;
  const isPencil = known?.assignee !== assignee;
  return (
    <div className="flex flex-wrap items-center gap-1.5 border-rule border-b px-4 py-1.5">
      {assignee !== null && (
        <span className={cn('settle mr-1.5 flex items-center gap-1.5 text-meta', isPencil && 'text-pencil')}>
          {isPencil ? <UserRound aria-hidden="true" className="size-4" /> : <Avatar name={format.staff(assignee)} />}
          <span className="sr-only">Assigned to </span>
          {format.staff(assignee)}
        </span>
      )}
      {tags.map((tag) => (
        <TagChip key={tag} tag={tag} pending={!known?.tags.includes(tag)} onRemove={() => desk.untag(tag)} />
      ))}
    </div>
  );
};
