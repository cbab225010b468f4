'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { sum } from '#domain/shared/money.ts';
import { Button } from '../../_ui/button.tsx';
import { Sku } from '../../_ui/identifier.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { signal } from '../_walk/feedback.ts';
import { StepFoot } from '../_walk/step-foot.tsx';
import { count } from '../_walk/walk.ts';
import { CustomersWords } from './customers-words.tsx';
import { productOf, type ReturnStepProps } from './return-step.ts';

/** What has come of what was announced: all of it, unless somebody counts less. */
export const ReceiveView = ({ asked, fulfillment, orderId, commands }: ReturnStepProps) => {
  const { returnId, lines } = asked;
  const [counted, setCounted] = useState<Readonly<Record<string, number>>>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const submitButton = useRef<HTMLButtonElement>(null);
  useEffect(() => submitButton.current?.focus({ preventScroll: true }), []);
  const came = lines.map(({ lineId, quantity }) => ({ lineId, quantity: counted[lineId] ?? quantity }));
  const units = sum(came.map(({ quantity }) => quantity));
  const announced = sum(lines.map(({ quantity }) => quantity));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (units === 0) {
      signal('bad');
      return setRefusal('Nothing of it has come. Leave the return open until it does.');
    }
    const received = came.filter(({ quantity }) => quantity > 0);
    const ran = commands.run({ type: 'ReceiveReturn', orderId, returnId, lines: received });
    signal(ran.ok ? 'good' : 'bad');
    setRefusal(ran.ok ? null : ran.words);
  };

  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-auto">
        <CustomersWords asked={asked} />
        <h2 className="px-gutter pt-4 pb-2 text-section">What has come</h2>
        <ul className="border-rule border-t">
          {lines.map(({ lineId, sku, quantity }) => {
            const { name, picture, hue } = productOf(fulfillment, lineId);
            return (
              <li
                key={lineId}
                className="flex flex-wrap items-center gap-x-3.5 gap-y-2 border-rule border-b bg-sheet px-gutter py-2.5"
              >
                <ProductPicture picture={picture} hue={hue} shape="thumb" className="size-14 shrink-0" />
                <span className="flex min-w-24 flex-1 flex-col items-start">
                  <span className="max-w-full break-words font-medium">{name}</span>
                  <span className="flex flex-wrap gap-x-2 text-admin text-muted">
                    <Sku value={sku} copy="never" />
                    <span>{quantity} announced</span>
                  </span>
                </span>
                <QuantityStepper
                  label={`Received of ${name}`}
                  min={0}
                  max={quantity}
                  value={counted[lineId] ?? quantity}
                  onValueChange={(value) => {
                    setCounted((all) => ({ ...all, [lineId]: value }));
                    setRefusal(null);
                  }}
                />
              </li>
            );
          })}
        </ul>
        {units > 0 && units < announced && (
          <p className="px-gutter py-3 text-hold">
            {count(announced - units, 'item is', 'items are')} missing. What has not come is not paid back.
          </p>
        )}
        {refusal && (
          <p role="alert" className="px-gutter py-3 font-medium text-bad">
            {refusal}
          </p>
        )}
      </div>
      <StepFoot>
        <Button ref={submitButton} variant="primary" type="submit">
          Receive {count(units, 'item', 'items')}
        </Button>
      </StepFoot>
    </form>
  );
};
