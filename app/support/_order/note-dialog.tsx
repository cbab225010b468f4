'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Textarea } from '../../_ui/input.tsx';
import { Radio, RadioGroup } from '../../_ui/radio-group.tsx';
import type { OrderPartProps } from './order-part.ts';

interface NoteDialogProps extends OrderPartProps {
  readonly onClose: () => void;
}

/** A note for colleagues, or one that the customer reads too. Ctrl Enter adds it. */
export const NoteDialog = ({ desk, order, onClose }: NoteDialogProps) => {
  const [text, setText] = useState('');
  const [visibility, setVisibility] = useState<'internal' | 'customer'>('internal');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    // After the dialog has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const [error, setError] = useState<string>();
  const add = () => {
    if (text.trim() === '') return setError('Write something first.');
    const ran = desk.addNote({ text: text.trim(), visibility });
    if (ran.ok) onClose();
    else setError(ran.words);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    add();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Note on ${order.orderNumber}`}
        footer={
          <>
            <Button onClick={onClose}>Discard</Button>
            <Button variant="primary" type="submit" form="note-form">
              Add note
            </Button>
          </>
        }
      >
        <form id="note-form" noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
          <Field label="Note" required error={error}>
            <Textarea
              ref={field}
              value={text}
              maxLength={4_000}
              onChange={(event) => {
                setText(event.target.value);
                setError(undefined);
              }}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
                event.preventDefault();
                add();
              }}
            />
          </Field>
          <RadioGroup
            aria-label="Who sees it"
            value={visibility}
            onValueChange={(value) => setVisibility(value === 'customer' ? 'customer' : 'internal')}
            className="flex-row gap-5"
          >
            <Radio value="internal" label="Internal" />
            <Radio value="customer" label="The customer sees it" />
          </RadioGroup>
        </form>
      </DialogContent>
    </Dialog>
  );
};
