'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import type { Resolution } from '#domain/order/return-events.ts';
import { sum } from '#domain/shared/money.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Textarea } from '../../_ui/input.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { Sheet, SheetContent } from '../../_ui/sheet.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { returnable } from './returnable.ts';

interface ReturnSheetProps extends OrderPartProps {
  readonly onClose: () => void;
}

type Wrong = { readonly field: 'lines' | 'reason'; readonly words: string };

/** Asks for a return in the customer's name: of one delivery, for the money or for the same goods again. */
export const ReturnSheet = ({ desk, order, waybill, format, onClose }: ReturnSheetProps) => {
  const deliveries = returnable(waybill);
  const [chosen, setChosen] = useState<string | undefined>(deliveries[0]?.fulfillment.fulfillmentId);
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>({});
  const [resolution, setResolution] = useState<Resolution>('refund');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<Wrong>();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // After the sheet has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const [returnId] = useState(() => v7());
  const delivery = deliveries.find(({ fulfillment }) => fulfillment.fulfillmentId === chosen) ?? deliveries[0];
  const lines = (delivery?.lines ?? []).flatMap(({ lineId, most }) => {
    const quantity = Math.min(most, quantities[lineId] ?? 0);
    return quantity > 0 ? [{ lineId, quantity }] : [];
  });
  const count = sum(lines.map(({ quantity }) => quantity));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!delivery) return;
    if (count === 0) return setError({ field: 'lines', words: 'Choose at least one item.' });
    if (reason.trim() === '') return setError({ field: 'reason', words: 'Say why, in the customer’s words.' });
    const { fulfillmentId } = delivery.fulfillment;
    const ran = desk.requestReturn({ returnId, fulfillmentId, lines, reason: reason.trim(), resolution });
    if (ran.ok) onClose();
    else setError({ field: 'lines', words: ran.words });
  };
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={`Return items of ${order.orderNumber}`}
        description="Money or goods follow once the warehouse has looked at what came back."
        footer={
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={onClose}>{delivery ? 'Don’t return' : 'Close'}</Button>
            {delivery && (
              <Button variant="primary" type="submit" form="return-form">
                {count === 0 ? 'Return items' : `Return ${count === 1 ? '1 item' : `${count} items`}`}
              </Button>
            )}
          </div>
        }
      >
        {delivery ? (
          <form id="return-form" ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
            {deliveries.length > 1 && (
              <RuledRadioGroup
                aria-label="Delivery"
                value={delivery.fulfillment.fulfillmentId}
                onValueChange={setChosen}
              >
                {deliveries.map(({ fulfillment, lines: there }) => (
                  <RadioRow
                    key={fulfillment.fulfillmentId}
                    value={fulfillment.fulfillmentId}
                    label={`From ${format.warehouse(fulfillment.warehouse)}`}
                    detail={there.map(({ most, name }) => `${most} × ${name}`).join(', ')}
                  />
                ))}
              </RuledRadioGroup>
            )}
            <fieldset className="min-w-0">
              <legend className="mb-1 font-medium text-meta">What goes back</legend>
              <ul className="border-rule border-t">
                {delivery.lines.map(({ lineId, name, most }) => (
                  <li key={lineId} className="flex items-center gap-3 border-rule border-b py-2">
                    <span className="min-w-0 flex-1">
                      <span className="block truncate" title={name}>
                        {name}
                      </span>
                      <span className="block text-meta text-muted">{most} delivered and not returned</span>
                    </span>
                    <QuantityStepper
                      label={`Return of ${name}`}
                      min={0}
                      max={most}
                      value={Math.min(most, quantities[lineId] ?? 0)}
                      onValueChange={(quantity) => {
                        setQuantities({ ...quantities, [lineId]: quantity });
                        setError(undefined);
                      }}
                      size="sm"
                    />
                  </li>
                ))}
              </ul>
              {error?.field === 'lines' && (
                <p role="alert" className="mt-1.5 text-bad text-meta">
                  {error.words}
                </p>
              )}
            </fieldset>
            <RuledRadioGroup
              aria-label="What the customer wants"
              value={resolution}
              onValueChange={(value) => setResolution(value === 'exchange' ? 'exchange' : 'refund')}
            >
              <RadioRow value="refund" label="A refund" detail="What is accepted is paid back" />
              <RadioRow value="exchange" label="An exchange" detail="The same goods are sent again, at no cost" />
            </RuledRadioGroup>
            <Field label="Reason" required error={error?.field === 'reason' ? error.words : undefined}>
              <Textarea
                value={reason}
                maxLength={1_000}
                onChange={(event) => {
                  setReason(event.target.value);
                  setError(undefined);
                }}
              />
            </Field>
          </form>
        ) : (
          <p className="max-w-prose text-muted">
            Nothing can be returned: it was not delivered yet, or all of it is on its way back already.
          </p>
        )}
      </SheetContent>
    </Sheet>
  );
};
