'use client';

import { useQuery } from '@tanstack/react-query';
import type { ExistingOrder } from '#domain/order/state.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { NativeSelect } from '../../_ui/select.tsx';
import { addressOf, type DraftAddress } from './draft.ts';
import type { AmendDraft } from './use-draft.ts';

interface AmendAddressProps {
  readonly order: ExistingOrder;
  readonly drafting: AmendDraft;
  readonly problems: Readonly<Record<string, string>>;
}

const fields = [
  { part: 'name', label: 'Name', looks: 'col-span-2', most: 200 },
  { part: 'street', label: 'Street and number', looks: 'col-span-2', most: 300 },
  { part: 'postalCode', label: 'Postal code', looks: '', most: 20 },
  { part: 'city', label: 'Town', looks: '', most: 120 },
  { part: 'region', label: 'Region (optional)', looks: '', most: 120 },
] as const;

/** Where it goes. Another country may change tax, shipping and promise; the preview says so. */
export const AmendAddress = ({ order, drafting: { draft, change }, problems }: AmendAddressProps) => {
  const trpc = useTRPC();
  const { address } = draft;
  const country = address?.country ?? order.shipTo.country;
  const places = useQuery(
    trpc.shop.quote.queryOptions({ lines: [], country, shippingMethod: 'standard' }, { staleTime: 60_000 }),
  );
  const served = (places.data?.countries ?? []).map(({ code, name }) => ({ value: code, label: name }));
  const countries = served.some(({ value }) => value === country)
    ? served
    : [{ value: country, label: country }, ...served];
  const own = addressOf(order);
  if (!address)
    return (
      <fieldset className="min-w-0">
        <legend className="mb-1 font-semibold text-admin">Address</legend>
        <p className="mb-2 text-muted">
          {[own.name, own.street, `${own.postalCode} ${own.city}`.trim(), own.country].filter(Boolean).join(', ')}
        </p>
        <Button size="sm" onClick={() => change({ address: own })}>
          Change the address
        </Button>
      </fieldset>
    );
  const put = (part: Partial<DraftAddress>) => change({ address: { ...address, ...part } });
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold text-admin">Address</legend>
      <div className="grid grid-cols-2 gap-3">
        {fields.map(({ part, label, looks, most }, index) => (
          <Field
            key={part}
            label={label}
            className={looks}
            required={part !== 'region'}
            error={problems[`address.${part}`]}
          >
            <Input
              autoComplete="off"
              autoFocus={index === 0}
              maxLength={most}
              value={address[part] ?? ''}
              onChange={(event) => put({ [part]: event.target.value })}
            />
          </Field>
        ))}
        <Field label="Country" required>
          <NativeSelect
            value={country}
            options={countries}
            onChange={(event) => put({ country: event.target.value })}
          />
        </Field>
      </div>
      <Button size="sm" className="mt-3" onClick={() => change({ address: null })}>
        Keep the address as it is
      </Button>
    </fieldset>
  );
};
