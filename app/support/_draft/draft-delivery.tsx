'use client';

import { useState } from 'react';
import type { ShippingMethod } from '#domain/order/events.ts';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { Money } from '../../_ui/money.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { NativeSelect } from '../../_ui/select.tsx';
import { Time } from '../../_ui/time.tsx';
import type { DraftAddress } from '../_amend/draft.ts';
import type { DraftOrderHandle } from './use-draft-order.ts';

interface DraftDeliveryProps {
  readonly draft: DraftOrderHandle;
  readonly problems: Readonly<Record<string, string>>;
}

const fields = [
  { part: 'name', label: 'Name, if another than the customer’s', looks: 'col-span-2', most: 200, isNeeded: false },
  { part: 'street', label: 'Street and number', looks: 'col-span-2', most: 300, isNeeded: true },
  { part: 'postalCode', label: 'Postal code', looks: '', most: 20, isNeeded: true },
  { part: 'city', label: 'Town', looks: '', most: 120, isNeeded: true },
  { part: 'region', label: 'Region (optional)', looks: '', most: 120, isNeeded: false },
] as const;

const Address = ({ draft, problems }: DraftDeliveryProps) => {
  const { form, change, quote } = draft;
  const { address } = form;
  const put = (part: Partial<DraftAddress>) => change({ address: { ...address, ...part } });
  const served = (quote.data?.countries ?? []).map(({ code, name }) => ({ value: code, label: name }));
  const isServed = served.some(({ value }) => value === address.country);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold text-admin">Address</legend>
      <div className="grid grid-cols-2 gap-3">
        {fields.map(({ part, label, looks, most, isNeeded }) => (
          <Field key={part} label={label} className={looks} required={isNeeded} error={problems[`address.${part}`]}>
            <Input
              autoComplete="off"
              maxLength={most}
              value={address[part] ?? ''}
              onChange={(event) => put({ [part]: event.target.value })}
            />
          </Field>
        ))}
        <Field label="Country" required>
          <NativeSelect
            value={address.country}
            options={isServed ? served : [{ value: address.country, label: address.country }, ...served]}
            onChange={(event) => put({ country: event.target.value })}
          />
        </Field>
      </div>
    </fieldset>
  );
};

const Shipping = ({ draft: { form, change, quote } }: Pick<DraftDeliveryProps, 'draft'>) => (
  <fieldset className="min-w-0">
    <legend className="mb-2 font-semibold text-admin">Shipping</legend>
    <RuledRadioGroup
      aria-label="Shipping"
      value={form.shippingMethod}
      onValueChange={(code) => change({ shippingMethod: code as ShippingMethod['code'] })}
    >
      {(quote.data?.methods ?? []).map(({ code, name, priceMinor, promise }) => (
        <RadioRow
          key={code}
          value={code}
          label={name}
          detail={
            <>
              Promised <Time at={promise.deliverBy} variant="promise" quiet />
            </>
          }
          trail={<Money minor={priceMinor} currency={quote.data?.currency ?? 'EUR'} />}
        />
      ))}
    </RuledRadioGroup>
  </fieldset>
);

/** A code counts once it is typed to its end: on Enter, or on leaving the field. Nothing is sent before it counts. */
const Discount = ({ draft: { form, change, quote } }: Pick<DraftDeliveryProps, 'draft'>) => {
  const [typed, setTyped] = useState(form.discountCode);
  const code = typed.trim().toUpperCase();
  const isApplied = code === form.discountCode;
  const apply = () => change({ discountCode: code });
  const problem = quote.data?.problems.find((each) => each.problem.code === 'DiscountUnknown');
  const applied = quote.data?.discount;
  return (
    <Field
      label="Discount code (optional)"
      error={form.discountCode === '' ? undefined : problem?.words}
      hint={applied ? `${applied.code} is applied.` : undefined}
    >
      <Input
        value={typed}
        maxLength={40}
        autoComplete="off"
        className="font-mono"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => !isApplied && apply()}
        onKeyDown={(event) => {
          const sends = event.ctrlKey || event.metaKey;
          if (sends ? isApplied || (event.key !== 'Enter' && event.key !== 's') : event.key !== 'Enter') return;
          event.preventDefault();
          event.stopPropagation();
          apply();
        }}
      />
    </Field>
  );
};

/** Where it goes, how, and what comes off. */
export const DraftDelivery = (props: DraftDeliveryProps) => (
  <>
    <Discount {...props} />
    <Address {...props} />
    <Shipping {...props} />
  </>
);
