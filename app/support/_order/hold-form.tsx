'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';

const usual = ['Address check', 'Fraud check', 'The customer asked to wait'];

interface HoldFormProps {
  /** "WB-48213", "3 orders". */
  readonly what: string;
  /** Why it can't be placed; null once it is. */
  readonly onPlace: (reason: string) => string | null;
  readonly onClose: () => void;
}

/** Asks why. */
export const HoldForm = ({ what, onPlace, onClose }: HoldFormProps) => {
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
    const objection = onPlace(text.trim());
    if (objection === null) onClose();
    else setError(objection);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    place(reason);
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Hold ${what}`}
        description="The warehouse can’t start picking until the hold is released."
        footer={
          <>
            <Button onClick={onClose}>Don’t hold</Button>
            <Button variant="primary" type="submit" form="hold-form">
              Hold {what}
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
