'use client';

import { useState } from 'react';
import { v7 } from 'uuid';
import { sum } from '#domain/shared/money.ts';
import { Checkbox } from '../../_ui/checkbox.tsx';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Input } from '../../_ui/input.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { Band } from '../../_ui/states.tsx';
import { previewOf } from '../_amend/preview.ts';
import { CancelItems } from './cancel-items.tsx';
import { canCancelPart, cancelableLines } from './cancel-part.ts';
import type { OrderPartProps } from './order-part.ts';

interface CancelDialogProps extends OrderPartProps {
  readonly onClose: () => void;
}

/**
 * Cancels the order, or some items of it. Neither can be undone: number and amount are said again, and the safe button
 * has the focus.
 */
export const CancelDialog = ({ desk, order, waybill, onClose }: CancelDialogProps) => {
  const { orderId, orderNumber, currency, totals } = order;
  const objection = desk.commands.objectionTo({ type: 'CancelOrder', orderId, reason: 'x', restock: true });
  const lines = cancelableLines(waybill);
  const hasPart = canCancelPart(waybill);
  const [chosen, setChosen] = useState<'whole' | 'part'>('whole');
  const scope = hasPart && objection !== null ? 'part' : hasPart ? chosen : 'whole';
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState('Canceled on request');
  const [restock, setRestock] = useState(true);
  const [error, setError] = useState<string>();
  const [cancellationId] = useState(() => v7());

  const items = lines.flatMap(({ line: { lineId }, most }) => {
    const quantity = Math.min(most, quantities[lineId] ?? 0);
    return quantity > 0 ? [{ lineId, quantity }] : [];
  });
  const count = sum(items.map(({ quantity }) => quantity));
  const countWords = count === 1 ? '1 item' : `${count} items`;
  const part = { cancellationId, lines: items, reason: reason.trim() || 'x', restock };
  const preview = count === 0 ? null : previewOf({ type: 'CancelLines', orderId, ...part }, waybill);
  const total = formatMoney(totals.grandTotalMinor, currency);

  const confirm = () => {
    if (scope === 'part' && count === 0) return setError('Choose at least one item.');
    if (reason.trim() === '') return setError('Say why: the customer reads it.');
    const ran =
      scope === 'whole'
        ? desk.cancel({ reason: reason.trim(), restock })
        : desk.cancelLines({ ...part, reason: reason.trim() });
    if (ran.ok) onClose();
    else setError(ran.words);
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={scope === 'whole' ? `Cancel ${orderNumber} for ${total}?` : `Cancel items of ${orderNumber}?`}
      confirmLabel={scope === 'whole' ? `Cancel order ${orderNumber}` : `Cancel ${count === 0 ? 'items' : countWords}`}
      onConfirm={confirm}
    >
      <div className="flex flex-col gap-3">
        {objection !== null && (
          <Band tone={hasPart ? 'hold' : 'bad'} className="rounded-control">
            {objection}
            {hasPart && ' What is left of it can be.'}
          </Band>
        )}
        {hasPart && objection === null && (
          <RuledRadioGroup
            aria-label="What to cancel"
            value={chosen}
            onValueChange={(value) => {
              setChosen(value === 'part' ? 'part' : 'whole');
              setError(undefined);
            }}
          >
            <RadioRow value="whole" label="The whole order" trail={total} />
            <RadioRow value="part" label="Some items" detail="The rest of the order goes on" />
          </RuledRadioGroup>
        )}
        {scope === 'whole' ? (
          <p>
            The order ends here. What the bank holds is released, and the customer gets a mail. This can’t be undone.
          </p>
        ) : (
          <CancelItems
            lines={lines}
            quantities={quantities}
            onChange={(lineId, quantity) => {
              setQuantities({ ...quantities, [lineId]: quantity });
              setError(undefined);
            }}
            preview={preview}
            error={count === 0 ? error : undefined}
            currency={currency}
          />
        )}
        <Field
          label="Reason"
          hint="The customer reads it."
          required
          error={scope === 'part' && count === 0 ? undefined : error}
        >
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
