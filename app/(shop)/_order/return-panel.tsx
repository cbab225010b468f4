'use client';

import { type FormEvent, useState } from 'react';
import { v7 } from 'uuid';
import type { Resolution } from '#domain/order/return-events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId } from '#domain/shared/ids.ts';
import { sum } from '#domain/shared/money.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Textarea } from '../../_ui/input.tsx';
import { PencilPanel } from '../../_ui/pending.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { RadioGroup, RadioRow } from '../../_ui/radio-group.tsx';
import type { ReturnableParcel } from './own-options.ts';
import { piecesOf } from './return-words.ts';
import type { ShopOrder } from './use-shop-order.ts';

interface ReturnPanelProps {
  readonly shop: ShopOrder;
  readonly order: ExistingOrder;
  readonly parcels: readonly ReturnableParcel[];
  readonly onClose: () => void;
}

interface ReturnItemsProps {
  readonly order: ExistingOrder;
  readonly chosen: ReturnableParcel;
  readonly quantities: Readonly<Record<string, number>>;
  readonly onChange: (lineId: string, quantity: number) => void;
}

const ReturnItems = ({ order, chosen, quantities, onChange }: ReturnItemsProps) => (
  <ul aria-label="Items">
    {chosen.lines.map(({ lineId, left }) => {
      const line =
        order.lines.find((each) => each.lineId === lineId) ??
        chosen.parcel.lines.find((each) => each.lineId === lineId);
      const name = line?.name ?? 'Item';
      return (
        <li key={lineId} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b px-4 py-3">
          <ProductPicture
            picture={line?.picture ?? 'package'}
            hue={line?.hue ?? 215}
            shape="thumb"
            className="size-12 shrink-0"
          />
          <span className="min-w-24 flex-1">
            <span className="block break-words font-medium">{name}</span>
            <span className="block text-desk text-muted">{left} can go back</span>
          </span>
          <QuantityStepper
            label={`Send back of ${name}`}
            min={0}
            max={left}
            value={quantities[lineId] ?? 0}
            onValueChange={(next) => onChange(lineId, next)}
          />
        </li>
      );
    })}
  </ul>
);

/** Asks to send back what was delivered: which items, why, and what for. What came in one parcel goes back in one. */
export const ReturnPanel = ({ shop, order, parcels, onClose }: ReturnPanelProps) => {
  const [fulfillmentId, setFulfillmentId] = useState(parcels[0]?.parcel.fulfillmentId);
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState('');
  const [resolution, setResolution] = useState<Resolution>('refund');
  const [error, setError] = useState<{ readonly field: 'items' | 'reason'; readonly words: string } | null>(null);
  const chosen = parcels.find(({ parcel }) => parcel.fulfillmentId === fulfillmentId) ?? parcels[0];
  if (!chosen) return null;
  const lines = chosen.lines.flatMap(({ lineId, left }) => {
    const quantity = Math.min(left, quantities[lineId] ?? 0);
    return quantity > 0 ? [{ lineId: lineId as LineId, quantity }] : [];
  });
  const units = sum(lines.map(({ quantity }) => quantity));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (units === 0) return setError({ field: 'items', words: 'Choose at least one item.' });
    if (reason.trim() === '')
      return setError({ field: 'reason', words: 'Say in a few words why, like “The glaze is chipped”.' });
    const ran = shop.requestReturn({
      returnId: v7(),
      fulfillmentId: chosen.parcel.fulfillmentId,
      lines,
      reason: reason.trim(),
      resolution,
    });
    if (ran.ok) onClose();
    else setError({ field: 'items', words: ran.words });
  };
  return (
    <form noValidate onSubmit={onSubmit} aria-label="Send something back">
      <PencilPanel
        title="Your return, not sent"
        level={2}
        footer={
          <>
            <Button type="submit" variant="primary" size="sm">
              {units > 0 ? `Ask to return ${piecesOf(units)}` : 'Ask for the return'}
            </Button>
            <Button size="sm" onClick={onClose}>
              Keep everything
            </Button>
          </>
        }
      >
        {parcels.length > 1 && (
          <RadioGroup
            aria-label="Parcel"
            value={chosen.parcel.fulfillmentId}
            onValueChange={(id) => {
              setFulfillmentId(parcels.find(({ parcel }) => parcel.fulfillmentId === id)?.parcel.fulfillmentId);
              setError(null);
            }}
            className="gap-0 border-rule border-b"
          >
            {parcels.map(({ parcel, lines: left }, index) => (
              <RadioRow
                key={parcel.fulfillmentId}
                value={parcel.fulfillmentId}
                label={`Parcel ${index + 1}`}
                detail={piecesOf(sum(left.map((line) => line.left)))}
              />
            ))}
          </RadioGroup>
        )}
        <ReturnItems
          order={order}
          chosen={chosen}
          quantities={quantities}
          onChange={(lineId, quantity) => {
            setQuantities((all) => ({ ...all, [lineId]: quantity }));
            setError(null);
          }}
        />
        {error?.field === 'items' && (
          <p role="alert" className="border-rule border-b px-4 py-2 text-bad">
            {error.words}
          </p>
        )}
        <div className="border-rule border-b px-4 py-3">
          <Field label="Why does it go back?" required error={error?.field === 'reason' ? error.words : undefined}>
            <Textarea
              rows={2}
              maxLength={1_000}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value);
                setError(null);
              }}
            />
          </Field>
        </div>
        <RadioGroup
          aria-label="What you would like"
          value={resolution}
          onValueChange={(value) => setResolution(value as Resolution)}
          className="gap-0"
        >
          <RadioRow value="refund" label="The money back" detail="To the card that you paid with" />
          <RadioRow value="exchange" label="The same again" detail="Sent without a charge; the money if none is left" />
        </RadioGroup>
        <p className="border-rule border-t px-4 py-3 text-desk text-muted">
          We look at your request first and write to you. Send nothing before it is approved.
        </p>
      </PencilPanel>
    </form>
  );
};
