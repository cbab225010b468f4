'use client';

import { Ellipsis } from 'lucide-react';
import { Button } from '../../_ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../../_ui/dropdown-menu.tsx';
import { IconButton } from '../../_ui/icon-button.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { appliesTo, labelOf, type OrderAction, withKey } from './order-action.ts';
import { orderActions } from './order-actions.ts';

interface HeaderActionsProps {
  readonly on: OrderPartProps;
  readonly onAct: (action: OrderAction) => void;
}

/** The order's buttons, and the menu with the rest. Of those that share a key, the first that applies has the button. */
export const HeaderActions = ({ on, onAct }: HeaderActionsProps) => {
  const applying = orderActions.filter((action) => appliesTo(action, on));
  const ownsKey = (action: OrderAction): boolean =>
    action.key === undefined || withKey(applying, action.key, () => true) === action;
  const isButton = (action: OrderAction): boolean => action.place === 'button' && ownsKey(action);
  const rest = applying.filter((action) => !isButton(action));
  return (
    <span className="ml-auto flex items-center gap-2">
      {applying.filter(isButton).map((action) => (
        <Button key={action.id} shortcut={action.key?.toUpperCase()} onClick={() => onAct(action)}>
          {labelOf(action, on)}
        </Button>
      ))}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label="More" variant="secondary">
            <Ellipsis aria-hidden="true" />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {rest.flatMap((action) => {
            const why = action.explainsItself ? null : action.whyNot(on);
            return [
              action.isDangerous && <DropdownMenuSeparator key={`${action.id} apart`} />,
              <DropdownMenuItem
                key={action.id}
                disabled={why !== null}
                danger={action.isDangerous}
                shortcut={ownsKey(action) ? action.key?.toUpperCase() : undefined}
                onSelect={() => onAct(action)}
              >
                <action.icon aria-hidden="true" />
                <span>
                  {labelOf(action, on)}
                  {why !== null && <span className="block max-w-56 text-meta text-muted">{why}</span>}
                </span>
              </DropdownMenuItem>,
            ];
          })}
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  );
};
