'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { refundForLines } from '#domain/order/refund-for-lines.ts';
import { refundableMinor } from '#domain/payment/state.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Input } from '../../_ui/input.tsx';
import { Money } from '../../_ui/money.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import { Sheet, SheetContent } from '../../_ui/sheet.tsx';
import { amountText, minorOf } from './amount.ts';
import type { OrderPartProps } from './order-part.ts';
import { methodWords } from './words.ts';

interface RefundSheetProps extends OrderPartProps {
  readonly onClose: () => void;
}

/** Gives money back: by line, or any amount up to what is refundable, on one of the payments. */
export const RefundSheet = ({ desk, order, waybill, onClose }: RefundSheetProps) => {
  const { currency, lines } = order;
  const payments = Object.values(waybill.payments)
    .filter((payment) => refundableMinor(payment) > 0)
    .toSorted((a, b) => refundableMinor(b) - refundableMinor(a));
  const [chosen, setChosen] = useState<string | undefined>(payments[0]?.paymentId);
  const [quantities, setQuantities] = useState<Readonly<Record<string, number>>>({});
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [error, setError] = useState<{ readonly field: 'amount' | 'reason'; readonly words: string }>();
  const payment = payments.find(({ paymentId }) => paymentId === chosen) ?? payments[0];
  const most = payment ? refundableMinor(payment) : 0;
  const minor = minorOf(amount);
  const amountField = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the sheet has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => amountField.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);

  const choose = (lineId: string, quantity: number) => {
    const next = { ...quantities, [lineId]: quantity };
    setQuantities(next);
    setAmount(amountText(Math.min(most, refundForLines(lines, next))));
    const words = lines.filter((line) => (next[line.lineId] ?? 0) > 0);
    setReason(
      words
        .map((line) => `${next[line.lineId]} × ${line.name}`)
        .join(', ')
        .slice(0, 500),
    );
    setError(undefined);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!payment) return;
    if (minor === null || minor === 0)
      return setError({ field: 'amount', words: 'Enter an amount above zero, like 19.90.' });
    if (reason.trim() === '') return setError({ field: 'reason', words: 'Say why: the customer reads it.' });
    const ran = desk.refund({ paymentId: payment.paymentId, amountMinor: minor, reason: reason.trim() });
    if (ran.ok) onClose();
    else setError({ field: 'amount', words: ran.words });
  };
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={`Refund on ${order.orderNumber}`}
        description={payment ? `To ${methodWords(payment.method)}` : undefined}
        footer={
          <div className="flex flex-wrap items-center gap-2">
            <span className="mr-auto font-medium" data-testid="refundable">
              Refundable <Money minor={most} currency={currency} />
            </span>
            <Button onClick={onClose}>{payment ? 'Don’t refund' : 'Close'}</Button>
            {payment && (
              <Button variant="primary" type="submit" form="refund-form">
                {minor ? `Refund ${formatMoney(minor, currency)}` : 'Refund'}
              </Button>
            )}
          </div>
        }
      >
        {payment ? (
          <form id="refund-form" noValidate onSubmit={onSubmit} className="flex flex-col gap-5">
            {payments.length > 1 && (
              <RuledRadioGroup aria-label="Payment" value={payment.paymentId} onValueChange={setChosen}>
                {payments.map((each) => (
                  <RadioRow
                    key={each.paymentId}
                    value={each.paymentId}
                    label={methodWords(each.method)}
                    trail={<Money minor={refundableMinor(each)} currency={currency} />}
                  />
                ))}
              </RuledRadioGroup>
            )}
            <fieldset>
              <legend className="mb-1 font-medium text-meta">By line</legend>
              <ul className="border-rule border-t">
                {lines.map((line) => (
                  <li key={line.lineId} className="flex items-center gap-3 border-rule border-b py-2">
                    <span className="min-w-0 flex-1">
                      <span className="block truncate">{line.name}</span>
                      <span className="block text-meta text-muted">
                        {line.quantity} for <Money minor={line.totalMinor} currency={currency} />
                      </span>
                    </span>
                    <QuantityStepper
                      label={`Refund of ${line.name}`}
                      min={0}
                      max={line.quantity}
                      value={quantities[line.lineId] ?? 0}
                      onValueChange={(quantity) => choose(line.lineId, quantity)}
                      size="sm"
                    />
                  </li>
                ))}
              </ul>
            </fieldset>
            <Field
              label={`Amount in ${currency}`}
              required
              hint="Any amount up to what is refundable; shipping too."
              error={error?.field === 'amount' ? error.words : undefined}
            >
              <Input
                ref={amountField}
                inputMode="decimal"
                autoComplete="off"
                placeholder="0.00"
                value={amount}
                onChange={(event) => {
                  setAmount(event.target.value);
                  setError(undefined);
                }}
              />
            </Field>
            <Button
              variant="link"
              className="-mt-4 self-start text-meta"
              onClick={() => {
                setQuantities({});
                setAmount(amountText(most));
                setError(undefined);
              }}
            >
              All that is refundable
            </Button>
            <Field
              label="Reason"
              hint="The customer reads it."
              required
              error={error?.field === 'reason' ? error.words : undefined}
            >
              <Input
                value={reason}
                maxLength={500}
                onChange={(event) => {
                  setReason(event.target.value);
                  setError(undefined);
                }}
              />
            </Field>
          </form>
        ) : (
          <p className="max-w-prose text-muted">
            Nothing can be given back: the card is charged when a parcel ships. To call off an order that hasn’t
            shipped, cancel it; nothing is charged then.
          </p>
        )}
      </SheetContent>
    </Sheet>
  );
};
