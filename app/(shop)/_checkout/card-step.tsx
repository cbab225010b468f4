'use client';

import { useFormContext } from 'react-hook-form';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import type { CheckoutForm } from './checkout-schema.ts';
import { DemoCards } from './demo-cards.tsx';
import { Step } from './step.tsx';

/** The card. It goes to the gateway, which gives a token for it; an order holds only that. */
export const CardStep = () => {
  const { register, formState, setValue, clearErrors } = useFormContext<CheckoutForm>();
  const { errors } = formState;
  const fill = (number: string) => {
    setValue('cardNumber', number);
    setValue('expiry', '12/40');
    setValue('cvc', '123');
    clearErrors(['cardNumber', 'expiry', 'cvc']);
  };
  return (
    <Step number={3} title="Card" trail={<DemoCards onChoose={fill} />}>
      <div className="grid grid-cols-2 items-start gap-4">
        <Field label="Card number" required error={errors.cardNumber?.message} className="col-span-2">
          <Input inputMode="numeric" autoComplete="cc-number" className="tabular-nums" {...register('cardNumber')} />
        </Field>
        <Field label="Good until" required error={errors.expiry?.message}>
          <Input inputMode="numeric" autoComplete="cc-exp" placeholder="MM/YY" {...register('expiry')} />
        </Field>
        <Field label="Code" required error={errors.cvc?.message}>
          <Input inputMode="numeric" autoComplete="cc-csc" {...register('cvc')} />
        </Field>
      </div>
    </Step>
  );
};
