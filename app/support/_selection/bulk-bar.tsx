'use client';

import { X } from 'lucide-react';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { formatCount } from '../../_ui/format.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import type { OrderAction } from '../_actions/order-action.ts';
import { orderActions } from '../_actions/order-actions.ts';
import type { DeskSelection } from './use-selection.ts';

interface BulkBarProps {
  readonly selection: DeskSelection;
  readonly onAct: (action: OrderAction) => void;
}

/** What can be done with everything that is selected; it lies over the list's head. */
export const BulkBar = ({ selection, onAct }: BulkBarProps) => {
  const { orders, hidden, clear } = selection;
  const several = orderActions.filter(({ many }) => many !== undefined && (many.applies?.(orders) ?? true));
  // Hold and release share a key: of orders that are all held, release is meant.
  const shown = several.filter(({ key }, index) => several.findIndex((each) => each.key === key) === index);
  return (
    <>
      {hidden > 0 && (
        <span className="mr-1 whitespace-nowrap text-meta text-muted max-sm:hidden">
          {formatCount(hidden)} not in this list
        </span>
      )}
      <span className="ml-auto flex min-w-0 items-center gap-0.5">
        {shown.map((action) => (
          <Button
            key={action.id}
            size="sm"
            variant="ghost"
            aria-label={action.label}
            aria-keyshortcuts={action.key?.toUpperCase()}
            onClick={() => onAct(action)}
            className="gap-1.5 px-1.5 hover:bg-sheet"
          >
            <action.icon aria-hidden="true" className={cn('sm:hidden', action.isDangerous && 'text-bad')} />
            <span className={cn('max-sm:hidden', action.isDangerous && 'text-bad')}>
              {action.isDangerous ? 'Cancel' : action.label}
            </span>
            {action.key && <Kbd className="border-field max-sm:hidden">{action.key.toUpperCase()}</Kbd>}
          </Button>
        ))}
        <IconButton label="Clear the selection" shortcut="Esc" size="sm" onClick={clear} className="hover:bg-sheet">
          <X aria-hidden="true" />
        </IconButton>
      </span>
    </>
  );
};
