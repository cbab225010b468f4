'use client';

import { useState } from 'react';
import { Checkbox } from '../../_ui/checkbox.tsx';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Input } from '../../_ui/input.tsx';
import { Band } from '../../_ui/states.tsx';
import type { OrderPartProps } from './order-part.ts';

interface CancelDialogProps extends OrderPartProps {
  readonly onClose: () => void;
}

/** Cancelling can't be undone: number and amount are said again, and the safe button has the focus. */
export const CancelDialog = ({ desk, order, onClose }: CancelDialogProps) => {
  const [reason, setReason] = useState('The customer asked');
  const [restock, setRestock] = useState(true);
  const [error, setError] = useState<string>();
  const total = formatMoney(order.totals.grandTotalMinor, order.currency);
  const objection = desk.commands.objectionTo({ type: 'CancelOrder', orderId: order.orderId, reason: 'x', restock });
  const confirm = () => {
    if (reason.trim() === '') return setError('Say why, for whoever asks later.');
    const ran = desk.cancel({ reason: reason.trim(), restock });
    if (ran.ok) onClose();
    else setError(ran.words);
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Cancel ${order.orderNumber} for ${total}?`}
      confirmLabel={`Cancel order ${order.orderNumber}`}
      onConfirm={confirm}
    >
      <div className="flex flex-col gap-3">
        <p>The order ends here. What the bank holds is released, and the customer gets a mail. This can’t be undone.</p>
        {objection !== null && (
          <Band tone="bad" className="rounded-control">
            {objection}
          </Band>
        )}
        <Field label="Reason" required error={error}>
          <Input
            value={reason}
            maxLength={500}
            onChange={(event) => {
              setReason(event.target.value);
              setError(undefined);
            }}
          />
        </Field>
        <Checkbox
          label="Put the goods back on sale"
          checked={restock}
          onCheckedChange={(checked) => setRestock(checked === true)}
        />
      </div>
    </ConfirmDialog>
  );
};
