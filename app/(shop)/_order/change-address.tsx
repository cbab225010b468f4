'use client';

import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { NativeSelect } from '../../_ui/select.tsx';
import type { AddressDraft } from './change-draft.ts';

interface ChangeAddressProps {
  readonly address: AddressDraft;
  readonly errors: Partial<Record<keyof AddressDraft, string>>;
  readonly countries: readonly { readonly code: string; readonly name: string }[];
  readonly onChange: (address: AddressDraft) => void;
}

/** Where it should go instead. */
export const ChangeAddress = ({ address, errors, countries, onChange }: ChangeAddressProps) => {
  const field = (key: keyof AddressDraft) => ({
    value: address[key],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      onChange({ ...address, [key]: event.target.value }),
  });
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      <Field label="Name" required error={errors.name} className="sm:col-span-6">
        <Input autoComplete="shipping name" {...field('name')} />
      </Field>
      <Field label="Street and number" required error={errors.street} className="sm:col-span-6">
        <Input autoComplete="shipping street-address" {...field('street')} />
      </Field>
      <Field label="Postal code" required error={errors.postalCode} className="sm:col-span-2">
        <Input autoComplete="shipping postal-code" {...field('postalCode')} />
      </Field>
      <Field label="Town" required error={errors.city} className="sm:col-span-4">
        <Input autoComplete="shipping address-level2" {...field('city')} />
      </Field>
      <Field label="Country" required error={errors.country} className="sm:col-span-6">
        <NativeSelect
          autoComplete="shipping country"
          options={countries.map(({ code, name }) => ({ value: code, label: name }))}
          {...field('country')}
        />
      </Field>
    </div>
  );
};
