'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { WaybillReturn } from '#domain/waybill/returns.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Textarea } from '../../_ui/input.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { unanswered } from './answer-return.ts';

interface DeclineDialogProps extends OrderPartProps {
  readonly asked: WaybillReturn;
  readonly onClose: () => void;
}

/** Says no to a return, and why: the customer reads it. */
export const DeclineDialog = ({ desk, order, asked, onClose }: DeclineDialogProps) => {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<string>();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // After the dialog has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.trim() === '') return setError('Say why: the customer reads it.');
    const ran = desk.declineReturn(asked.returnId, reason.trim());
    if (ran.ok) onClose();
    else setError(ran.words);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Decline a return of ${order.orderNumber}`}
        description="The goods stay with the customer, and no money moves."
        footer={
          <>
            <Button onClick={onClose}>Don’t decline</Button>
            <Button variant="primary" type="submit" form="decline-form">
              Decline the return
            </Button>
          </>
        }
      >
        <form id="decline-form" noValidate onSubmit={onSubmit}>
          <Field label="Reason" hint="The customer reads it." required error={error}>
            <Textarea
              ref={field}
              value={reason}
              maxLength={1_000}
              onChange={(event) => {
                setReason(event.target.value);
                setError(undefined);
              }}
            />
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
};

/** The same, for the return that waits longest. */
export const DeclineOldest = (part: Omit<DeclineDialogProps, 'asked'>) => {
  const [asked] = useState(() => unanswered(part));
  return asked && <DeclineDialog {...part} asked={asked} />;
};
