'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import type { OrderPartProps } from './order-part.ts';

const usual = ['Address check', 'Fraud check', 'The customer asked to wait'];

interface HoldDialogProps extends OrderPartProps {
  readonly onClose: () => void;
}

/** Nobody picks an order on hold. The reason is what the list shows. */
export const HoldDialog = ({ desk, order, onClose }: HoldDialogProps) => {
  const [reason, setReason] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the dialog has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const [error, setError] = useState<string>();
  const place = (text: string) => {
    if (text.trim() === '') return setError('Say why: the list shows it to everyone.');
    const ran = desk.placeHold(text.trim());
    if (ran.ok) onClose();
    else setError(ran.words);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    place(reason);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Hold ${order.orderNumber}`}
        description="The warehouse can’t start picking until the hold is released."
        footer={
          <>
            <Button onClick={onClose}>Don’t hold</Button>
            <Button variant="primary" type="submit" form="hold-form">
              Hold {order.orderNumber}
            </Button>
          </>
        }
      >
        <form id="hold-form" noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
          <Field label="Reason" required error={error}>
            <Input
              ref={field}
              value={reason}
              maxLength={200}
              placeholder={usual[0]}
              onChange={(event) => {
                setReason(event.target.value);
                setError(undefined);
              }}
            />
          </Field>
          <div className="flex flex-wrap gap-1.5">
            {usual.map((each) => (
              <Button key={each} size="sm" onClick={() => setReason(each)}>
                {each}
              </Button>
            ))}
          </div>
        </form>
      </DialogContent>
    </Dialog>
  );
};
