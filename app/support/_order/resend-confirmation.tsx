'use client';

import { isErased } from '#domain/shared/personal.ts';
import { DropdownMenuItem } from '../../_ui/dropdown-menu.tsx';
import { notify } from '../../_ui/toast.tsx';
import type { OrderPartProps } from './order-part.ts';

/** Has the confirmation sent once more: the first is lost, or its link has run out. Says why where that can't be. */
export const ResendConfirmation = ({ desk, order }: Pick<OrderPartProps, 'desk' | 'order'>) => {
  const objection = desk.resendObjection;
  const resend = () => {
    const ran = desk.resendConfirmation();
    if (!ran.ok) return notify('The confirmation was not sent again.', { detail: ran.words });
    const email = isErased(order.contact) ? undefined : order.contact.email;
    notify('The confirmation goes out again.', email === undefined ? {} : { detail: `To ${email}` });
  };
  return (
    <DropdownMenuItem disabled={objection !== null} onSelect={resend}>
      <span>
        Send the confirmation again
        {objection !== null && <span className="block max-w-56 text-meta text-muted">{objection}</span>}
      </span>
    </DropdownMenuItem>
  );
};
