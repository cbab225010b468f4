'use client';

import { useState } from 'react';
import { sum } from '#domain/shared/money.ts';
import { useTRPCClient } from '../../_trpc/trpc.ts';
import { Checkbox } from '../../_ui/checkbox.tsx';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { Input } from '../../_ui/input.tsx';
import type { ManyDialogProps } from '../_actions/order-action.ts';
import { cancelJob } from './bulk-jobs.ts';
import { countOf } from './count-of.ts';

/** "€ 184.70", or of each currency. */
const totalOf = (orders: ManyDialogProps['orders']): string =>
  [...new Set(orders.map(({ currency }) => currency))]
    .map((currency) => {
      const minors = orders.filter((order) => order.currency === currency).map(({ totalMinor }) => totalMinor);
      return formatMoney(sum(minors), currency);
    })
    .join(' and ');

/** Cancelling can't be undone: how many and how much is said again, and the safe button has the focus. */
export const CancelMany = ({ orders, onRun, onClose }: ManyDialogProps) => {
  const client = useTRPCClient();
  const [reason, setReason] = useState('Canceled on request');
  const [restock, setRestock] = useState(true);
  const [error, setError] = useState<string>();
  const what = countOf(orders);
  const confirm = () => {
    if (reason.trim() === '') return setError('Say why: the customers read it.');
    onRun(cancelJob(client, { reason: reason.trim(), restock }));
    onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Cancel ${what} for ${totalOf(orders)}?`}
      confirmLabel={`Cancel ${what}`}
      cancelLabel={orders.length === 1 ? 'Keep it as it is' : 'Keep them as they are'}
      onConfirm={confirm}
    >
      <div className="flex flex-col gap-3">
        <p>
          What the bank holds is released, and the customers get a mail. This can’t be undone. Orders that the warehouse
          has begun, or that are closed, refuse it and stay as they are.
        </p>
        <ul aria-label="Orders" className="flex max-h-24 flex-wrap gap-x-3 gap-y-0.5 overflow-y-auto text-ink">
          {orders.map(({ orderId, orderNumber }) => (
            <li key={orderId}>
              <OrderNumber value={orderNumber} copy="never" />
            </li>
          ))}
        </ul>
        <Field label="Reason" hint="The customers read it." required error={error}>
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
