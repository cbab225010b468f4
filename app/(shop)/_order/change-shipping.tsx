'use client';

import type { ShippingMethod } from '#domain/order/events.ts';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { Money } from '../../_ui/money.tsx';
import { RadioGroup, RadioRow } from '../../_ui/radio-group.tsx';
import { Time } from '../../_ui/time.tsx';

interface ChangeShippingProps {
  readonly methods: RouterOutputs['shop']['quote']['methods'];
  readonly currency: string;
  readonly value: ShippingMethod['code'];
  readonly onChange: (method: ShippingMethod['code']) => void;
}

/** Each way of shipping with its price, and when it would come if it were chosen now. */
export const ChangeShipping = ({ methods, currency, value, onChange }: ChangeShippingProps) =>
  methods.length === 0 ? null : (
    <RadioGroup
      aria-label="Shipping"
      value={value}
      onValueChange={(method) => onChange(method as ShippingMethod['code'])}
      className="gap-0 border-rule border-b"
    >
      {methods.map(({ code, name, priceMinor, promise }) => (
        <RadioRow
          key={code}
          value={code}
          label={name}
          detail={
            <>
              {code === 'pickup' ? 'Ready' : 'With you'} by <Time at={promise.deliverBy} variant="promise" quiet />
            </>
          }
          trail={priceMinor === 0 ? 'Free' : <Money minor={priceMinor} currency={currency} />}
        />
      ))}
    </RadioGroup>
  );
