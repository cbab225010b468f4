'use client';

import { Plus, Printer, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { countWalk, type WalkStop, walkOf } from '#domain/fulfillment/walk.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Input } from '../../_ui/input.tsx';
import { PackingList } from './packing-list.tsx';
import { StepFoot } from './step-foot.tsx';
import { count, type StepProps } from './walk.ts';

/** Box and filling. */
const boxGrams = 120;
const parcelsMost = 20;

const contentGrams = (stops: readonly WalkStop[], weights: Readonly<Record<string, number>>): number =>
  stops.reduce((grams, { sku, picked }) => grams + picked * (weights[sku] ?? 0), 0);

/** Grams of "1.25" or "1,25" kilograms; null when that is no weight of a parcel. */
const gramsOf = (kilograms: string): number | null => {
  const text = kilograms.trim().replace(',', '.');
  if (!/^\d{1,3}(\.\d{1,3})?$/.test(text)) return null;
  const grams = Math.round(Number(text) * 1_000);
  return grams >= 1 ? grams : null;
};

interface ParcelDraft {
  readonly key: number;
  readonly kilograms: string;
}

interface PackViewProps extends StepProps<'picking'> {
  readonly onBack: () => void;
}

/** What is in the tote goes into parcels, which are weighed. */
export const PackView = ({ fulfillment, orderId, weights, commands, onBack }: PackViewProps) => {
  const stops = walkOf(fulfillment);
  const { picked, missing } = countWalk(stops);
  const [parcels, setParcels] = useState<readonly ParcelDraft[]>(() => [
    { key: 1, kilograms: ((contentGrams(stops, weights) + boxGrams) / 1_000).toFixed(3) },
  ]);
  const [isChecked, setIsChecked] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector('input')?.select(), []);

  const setWeight = (key: number, kilograms: string) =>
    setParcels((all) => all.map((parcel) => (parcel.key === key ? { ...parcel, kilograms } : parcel)));

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    const packages = parcels.flatMap(({ kilograms }, index) => {
      const weightGrams = gramsOf(kilograms);
      return weightGrams === null ? [] : [{ parcelId: `${fulfillment.orderNumber}-${index + 1}`, weightGrams }];
    });
    if (packages.length < parcels.length) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    const { fulfillmentId } = fulfillment;
    const ran = commands.run({ type: 'PackFulfillment', orderId, fulfillmentId, packages });
    setRefusal(ran.ok ? null : ran.words);
  };

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex min-h-0 flex-1 flex-col">
      <div className="grid min-h-0 flex-1 content-start overflow-auto lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <section aria-labelledby="parcels" className="px-gutter py-4 lg:border-rule lg:border-r print:hidden">
          <h2 id="parcels" className="mb-3 text-section">
            Parcels
          </h2>
          <ol className="flex flex-col gap-4">
            {parcels.map(({ key, kilograms }, index) => (
              <li key={key} className="flex items-start gap-2">
                <Field
                  className="flex-1"
                  label={`Weight of parcel ${index + 1}, kg`}
                  hint={
                    index === 0 && parcels.length === 1
                      ? 'What the goods and a box should weigh; the scale decides.'
                      : undefined
                  }
                  error={
                    isChecked && gramsOf(kilograms) === null
                      ? 'Enter kilograms with up to three decimals, like 1.250'
                      : undefined
                  }
                >
                  <Input
                    inputMode="decimal"
                    autoComplete="off"
                    value={kilograms}
                    onChange={(event) => setWeight(key, event.target.value)}
                  />
                </Field>
                {parcels.length > 1 && (
                  <IconButton
                    label={`Remove parcel ${index + 1}`}
                    className="mt-[22px] size-[52px]"
                    onClick={() => setParcels((all) => all.filter((parcel) => parcel.key !== key))}
                  >
                    <Trash2 aria-hidden="true" />
                  </IconButton>
                )}
              </li>
            ))}
          </ol>
          <Button
            className="mt-4"
            size="sm"
            disabled={parcels.length >= Math.min(parcelsMost, Math.max(picked, 1))}
            onClick={() => setParcels((all) => [...all, { key: (all.at(-1)?.key ?? 0) + 1, kilograms: '' }])}
          >
            <Plus aria-hidden="true" />
            Another parcel
          </Button>
          {refusal && (
            <p role="alert" className="mt-4 font-medium text-bad">
              {refusal}
            </p>
          )}
        </section>
        <section aria-labelledby="packing-list" className="max-lg:border-rule max-lg:border-t lg:bg-sheet">
          <div className="flex items-center justify-between gap-4 border-rule border-b px-gutter py-2">
            <h2 id="packing-list" className="text-section">
              Packing list
            </h2>
            <Button size="sm" className="print:hidden" onClick={() => window.print()}>
              <Printer aria-hidden="true" />
              Print
            </Button>
          </div>
          <PackingList fulfillment={fulfillment} stops={stops} />
          {missing > 0 && (
            <p className="px-gutter py-3 text-hold">
              {count(missing, 'piece was', 'pieces were')} not found and {missing === 1 ? 'is' : 'are'} not in the
              parcel.
            </p>
          )}
        </section>
      </div>
      <StepFoot>
        <Button onClick={onBack}>Back to the walk</Button>
        <Button variant="primary" type="submit">
          Close {count(parcels.length, 'parcel', 'parcels')}
        </Button>
      </StepFoot>
    </form>
  );
};
