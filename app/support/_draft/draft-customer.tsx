'use client';

import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { CustomerSearch, type FoundCustomer } from './customer-search.tsx';
import { blankForm, type DraftForm } from './draft-form.ts';

interface DraftCustomerProps {
  readonly form: DraftForm;
  /** Saved: it stays this person's. */
  readonly isFixed: boolean;
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<DraftForm>) => void;
  /** The focus goes on: to the mail of somebody new, or to the goods. */
  readonly onChosen: (next: 'email' | 'name' | 'products') => void;
}

/** Whom it is for: a customer that is found, or somebody new. */
export const DraftCustomer = ({ form, isFixed, problems, onChange, onChosen }: DraftCustomerProps) => {
  const { contact, customerId } = form;
  const [isOpen, setOpen] = useState(isFixed || contact.name !== '' || contact.email !== '');
  const put = (part: Partial<DraftForm['contact']>) => onChange({ contact: { ...contact, ...part } });
  const take = ({ customerId: id, name, email, address: last }: FoundCustomer) => {
    const { phone, ...place } = last ?? { ...blankForm.address, name, phone: null };
    const address = { ...place, name: place.name === name ? '' : place.name };
    onChange({ customerId: id, contact: { name, email, phone: phone ?? '' }, address });
    setOpen(true);
    onChosen('products');
  };
  const begin = (typed: string) => {
    const isMail = typed.includes('@');
    onChange({ customerId: null, contact: { name: isMail ? '' : typed, email: isMail ? typed : '', phone: '' } });
    setOpen(true);
    onChosen(isMail ? 'name' : 'email');
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold text-admin">Customer</legend>
      {!isOpen && (
        <div data-part="customer">
          <CustomerSearch onFound={take} onNew={begin} />
        </div>
      )}
      {!isOpen && problems['contact.name'] && (
        <p role="alert" className="mt-1.5 text-bad text-meta">
          Say whom the order is for.
        </p>
      )}
      {isOpen && (
        <>
          <p className="mb-2 flex flex-wrap items-center gap-x-3 text-muted">
            {customerId === null ? 'A guest: no account.' : 'A customer with an account: they see the order there.'}
            {!isFixed && (
              <Button
                variant="link"
                className="text-meta"
                onClick={() => {
                  onChange({ customerId: null, contact: blankForm.contact });
                  setOpen(false);
                  requestAnimationFrame(() =>
                    document.querySelector<HTMLElement>('[data-part=customer] input')?.focus(),
                  );
                }}
              >
                Somebody else
              </Button>
            )}
          </p>
          <div className="grid grid-cols-2 gap-3">
            <Field label="Name" required error={problems['contact.name']} className="col-span-2">
              <Input
                data-part="name"
                autoComplete="off"
                maxLength={200}
                value={contact.name}
                onChange={(event) => put({ name: event.target.value })}
              />
            </Field>
            <Field label="E-mail" required error={problems['contact.email']} className="max-sm:col-span-2">
              <Input
                data-part="email"
                type="email"
                autoComplete="off"
                maxLength={320}
                value={contact.email}
                onChange={(event) => put({ email: event.target.value })}
              />
            </Field>
            <Field label="Phone (optional)" className="max-sm:col-span-2">
              <Input
                type="tel"
                autoComplete="off"
                maxLength={40}
                value={contact.phone}
                onChange={(event) => put({ phone: event.target.value })}
              />
            </Field>
          </div>
        </>
      )}
    </fieldset>
  );
};
