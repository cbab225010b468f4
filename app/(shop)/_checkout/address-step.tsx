'use client';

import { useFormContext } from 'react-hook-form';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { NativeSelect } from '../../_ui/select.tsx';
import type { CheckoutForm } from './checkout-schema.ts';
import { Step } from './step.tsx';

interface AddressStepProps {
  readonly countries: readonly { readonly code: string; readonly name: string }[];
  readonly onCountry: (country: string) => void;
}

/** Who gets it, and where. */
export const AddressStep = ({ countries, onCountry }: AddressStepProps) => {
  const { register, formState } = useFormContext<CheckoutForm>();
  const { errors } = formState;
  return (
    <Step number={1} title="Address">
      <div className="grid gap-4 sm:grid-cols-6">
        <Field
          label="Mail address"
          hint="Where we tell you about the order."
          required
          error={errors.email?.message}
          className="sm:col-span-6"
        >
          <Input type="email" autoComplete="email" {...register('email')} />
        </Field>
        <Field label="Name" required error={errors.name?.message} className="sm:col-span-3">
          <Input autoComplete="name" {...register('name')} />
        </Field>
        <Field label="Phone (optional)" error={errors.phone?.message} className="sm:col-span-3">
          <Input type="tel" autoComplete="tel" {...register('phone')} />
        </Field>
        <Field label="Street and number" required error={errors.street?.message} className="sm:col-span-6">
          <Input autoComplete="street-address" {...register('street')} />
        </Field>
        <Field label="Postal code" required error={errors.postalCode?.message} className="sm:col-span-2">
          <Input autoComplete="postal-code" {...register('postalCode')} />
        </Field>
        <Field label="Town" required error={errors.city?.message} className="sm:col-span-4">
          <Input autoComplete="address-level2" {...register('city')} />
        </Field>
        <Field label="Country" required error={errors.country?.message} className="sm:col-span-6">
          <NativeSelect
            autoComplete="country"
            options={countries.map(({ code, name }) => ({ value: code, label: name }))}
            {...register('country', { onChange: (event) => onCountry(String(event.target.value)) })}
          />
        </Field>
      </div>
    </Step>
  );
};
