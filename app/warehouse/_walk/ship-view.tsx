'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { type CarrierName, carriers, suggestTrackingNumber } from '#domain/fulfillment/carriers.ts';
import { walkOf } from '#domain/fulfillment/walk.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { PackingList } from './packing-list.tsx';
import { StepFoot } from './step-foot.tsx';
import type { StepProps } from './walk.ts';

const trackingShape = /^[A-Za-z0-9-]{6,40}$/;

export const kilograms = (grams: number): string => `${(grams / 1_000).toFixed(3)} kg`;

/** The parcels are handed to a carrier, with the number on their label. */
export const ShipView = ({ fulfillment, orderId, commands }: StepProps<'packed'>) => {
  const { fulfillmentId, packages } = fulfillment;
  const [carrier, setCarrier] = useState<CarrierName>(carriers[0].name);
  const [typed, setTyped] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const tracking = useRef<HTMLInputElement>(null);
  const submitButton = useRef<HTMLButtonElement>(null);
  const trackingNumber = typed ?? suggestTrackingNumber(carrier, fulfillmentId);
  const isWrong = !trackingShape.test(trackingNumber.trim());
  useEffect(() => submitButton.current?.focus({ preventScroll: true }), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWrong) return tracking.current?.focus();
    const ran = commands.run({
      type: 'ShipFulfillment',
      orderId,
      fulfillmentId,
      carrier,
      trackingNumber: trackingNumber.trim(),
    });
    setRefusal(ran.ok ? null : ran.words);
  };

  return (
    <form noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="grid min-h-0 flex-1 content-start overflow-auto lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <section className="flex flex-col gap-5 px-gutter py-4 lg:border-rule lg:border-r">
          <fieldset>
            <legend className="mb-2 text-section">Carrier</legend>
            <RuledRadioGroup
              aria-label="Carrier"
              value={carrier}
              onValueChange={(name) => {
                setCarrier(name as CarrierName);
                setTyped(null);
              }}
            >
              {carriers.map(({ name }) => (
                <RadioRow key={name} value={name} label={name} />
              ))}
            </RuledRadioGroup>
          </fieldset>
          <Field
            label="Tracking number"
            hint="As the label printer gave it; scan the label to be sure."
            error={isWrong ? 'Enter the number on the label: 6 to 40 letters and digits' : undefined}
          >
            <Input
              ref={tracking}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              translate="no"
              className="font-mono"
              value={trackingNumber}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
          {refusal && (
            <p role="alert" className="font-medium text-bad">
              {refusal}
            </p>
          )}
        </section>
        <section aria-labelledby="parcels" className="max-lg:border-rule max-lg:border-t lg:bg-sheet">
          <h2 id="parcels" className="border-rule border-b px-gutter py-3 text-section">
            {packages.length === 1 ? 'One parcel' : `${packages.length} parcels`}
          </h2>
          <ul>
            {packages.map(({ parcelId, weightGrams }) => (
              <li
                key={parcelId}
                className="flex min-h-12 items-center justify-between gap-4 border-rule border-b bg-sheet px-gutter"
              >
                <span translate="no" className="font-mono">
                  {parcelId}
                </span>
                <span className="tabular-nums">{kilograms(weightGrams)}</span>
              </li>
            ))}
          </ul>
          <PackingList fulfillment={fulfillment} stops={walkOf(fulfillment)} />
        </section>
      </div>
      <StepFoot>
        <Button ref={submitButton} variant="primary" type="submit">
          Ship with {carrier}
        </Button>
      </StepFoot>
    </form>
  );
};
