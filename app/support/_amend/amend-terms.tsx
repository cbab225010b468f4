'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ShippingMethod } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Input } from '../../_ui/input.tsx';
import { Money } from '../../_ui/money.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { Time } from '../../_ui/time.tsx';
import type { AmendDraft } from './use-draft.ts';

interface AmendTermsProps {
  readonly order: ExistingOrder;
  readonly drafting: AmendDraft;
  readonly problems: Readonly<Record<string, string>>;
}

const worthOf = ({ discount, currency }: ExistingOrder): string => {
  if (!discount) return '';
  return discount.kind === 'percent' ? `${discount.value / 100} %` : formatMoney(discount.value, currency);
};

const Discount = ({ order, drafting: { draft, change, amendment }, problems }: AmendTermsProps) => {
  const [typed, setTyped] = useState(draft.discount?.code ?? '');
  const current = order.discount;
  const isTaken = draft.discount !== null && draft.discount.code === null;
  const code = typed.trim().toUpperCase();
  const isApplied = code === (draft.discount?.code ?? '');
  const apply = () => change({ discount: code === '' ? null : { code } });
  const applied = amendment?.discount?.to;
  return (
    <div className="flex flex-col gap-2">
      {current && (
        <p className="flex flex-wrap items-center gap-2">
          <span className={isTaken || draft.discount ? 'text-muted line-through' : ''}>
            <span className="font-mono">{current.code}</span> takes {worthOf(order)} off
          </span>
          {draft.discount === null ? (
            <Button size="sm" onClick={() => change({ discount: { code: null } })}>
              Remove the discount
            </Button>
          ) : (
            <Button
              size="sm"
              onClick={() => {
                setTyped('');
                change({ discount: null });
              }}
            >
              Keep it
            </Button>
          )}
        </p>
      )}
      <Field
        label={current ? 'Another discount code (optional)' : 'Discount code (optional)'}
        error={problems.discount}
        hint={
          applied ? (
            <span className="font-medium text-pencil">{applied.code} is applied in this draft.</span>
          ) : undefined
        }
      >
        <Input
          value={typed}
          maxLength={40}
          autoComplete="off"
          className="font-mono"
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => !isApplied && apply()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || isApplied) return;
            event.preventDefault();
            // What is sent would lack it: it is priced and shown first.
            event.stopPropagation();
            apply();
          }}
        />
      </Field>
    </div>
  );
};

const Shipping = ({ order, drafting: { draft, change } }: AmendTermsProps) => {
  const trpc = useTRPC();
  const country = draft.address?.country ?? order.shipTo.country;
  const ways = useQuery(
    trpc.shop.quote.queryOptions({ lines: [], country, shippingMethod: 'standard' }, { staleTime: 60_000 }),
  );
  const own = order.shippingMethod;
  // What the order has stays to be chosen at the order's own price, also where it is no longer offered.
  const isOwn = (code: string): boolean => code === own.code && country === order.shipTo.country;
  const offered = (ways.data?.methods ?? []).map(({ code, name, priceMinor, promise }) =>
    isOwn(code) ? { ...own, promise: order.promise } : { code, name, priceMinor, promise },
  );
  const all = offered.some(({ code }) => code === own.code)
    ? offered
    : [{ ...own, promise: order.promise }, ...offered];
  return (
    <RuledRadioGroup
      aria-label="Shipping"
      value={draft.shippingMethod ?? own.code}
      onValueChange={(code) => change({ shippingMethod: isOwn(code) ? null : (code as ShippingMethod['code']) })}
    >
      {all.map(({ code, name, priceMinor, promise }) => (
        <RadioRow
          key={code}
          value={code}
          label={name}
          detail={
            <>
              {isOwn(code) ? 'As it is, promised ' : 'Promised '}
              <Time at={promise.deliverBy} variant="promise" quiet />
            </>
          }
          trail={<Money minor={priceMinor} currency={order.currency} />}
        />
      ))}
    </RuledRadioGroup>
  );
};

/** Discount and way of shipping. */
export const AmendTerms = (props: AmendTermsProps) => (
  <>
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold text-admin">Discount</legend>
      <Discount {...props} />
    </fieldset>
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold text-admin">Shipping</legend>
      <Shipping {...props} />
    </fieldset>
  </>
);
