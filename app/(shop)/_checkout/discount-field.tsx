'use client';

import { X } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Input } from '../../_ui/input.tsx';

interface DiscountFieldProps {
  readonly code: string | null;
  /** Why the code is not taken. */
  readonly problem: string | undefined;
  readonly onChange: (code: string | null) => void;
}

/** A code that takes something off. It is kept with the cart. */
export const DiscountField = ({ code, problem, onChange }: DiscountFieldProps) => {
  const [draft, setDraft] = useState('');
  if (code !== null && !problem) {
    return (
      <p className="flex items-center gap-2 border-rule border-b py-2">
        <span className="min-w-0 flex-1">
          Code{' '}
          <span translate="no" className="break-all font-medium font-mono">
            {code}
          </span>
        </span>
        <IconButton label={`Remove code ${code}`} size="sm" onClick={() => onChange(null)}>
          <X aria-hidden="true" />
        </IconButton>
      </p>
    );
  }
  const apply = () => {
    const wanted = draft.trim().toUpperCase();
    if (wanted !== '') onChange(wanted);
  };
  return (
    <form
      className="flex items-end gap-2 border-rule border-b py-3"
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Field label="Discount code" error={problem} className="flex-1">
        <Input
          value={draft}
          maxLength={40}
          autoComplete="off"
          className="h-10"
          onChange={(event) => {
            setDraft(event.target.value);
            if (problem) onChange(null);
          }}
        />
      </Field>
      <Button type="submit" size="sm" className="h-10">
        Apply
      </Button>
    </form>
  );
};
