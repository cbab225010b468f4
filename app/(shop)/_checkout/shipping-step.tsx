'use client';

import { useController } from 'react-hook-form';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { Money } from '../../_ui/money.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { Time } from '../../_ui/time.tsx';
import type { CheckoutForm } from './checkout-schema.ts';
import { Step } from './step.tsx';

type Quote = RouterOutputs['shop']['quote'];

interface ShippingStepProps {
  readonly methods: Quote['methods'];
  readonly currency: string;
  readonly shipsFrom: Quote['shipsFrom'];
}

/** Each way of shipping with its price and what we promise. */
export const ShippingStep = ({ methods, currency, shipsFrom }: ShippingStepProps) => {
  const { field } = useController<CheckoutForm, 'shippingMethod'>({ name: 'shippingMethod' });
  return (
    <Step number={2} title="Shipping">
      {methods.length === 0 ? (
        <p className="text-muted">We do not ship to this country yet. Choose another one above.</p>
      ) : (
        <RuledRadioGroup aria-label="Shipping" value={field.value} onValueChange={field.onChange}>
          {methods.map(({ code, name, priceMinor, promise }) => (
            <RadioRow
              key={code}
              value={code}
              label={name}
              detail={
                <>
                  {code === 'pickup' ? 'Ready' : 'With you'} by <Time at={promise.deliverBy} variant="promise" quiet />
                  {shipsFrom ? `, from ${shipsFrom.city}` : ''}
                </>
              }
              trail={priceMinor === 0 ? 'Free' : <Money minor={priceMinor} currency={currency} />}
            />
          ))}
        </RuledRadioGroup>
      )}
    </Step>
  );
};
