'use client';

import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { blankAmendment } from '#domain/order/amend.ts';
import { Button } from '../../_ui/button.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Sheet, SheetContent } from '../../_ui/sheet.tsx';
import { Band } from '../../_ui/states.tsx';
import { notify } from '../../_ui/toast.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { AddedLines } from './added-lines.tsx';
import { AmendAddress } from './amend-address.tsx';
import { AmendLine } from './amend-line.tsx';
import { AmendPreview } from './amend-preview.tsx';
import { AmendTerms } from './amend-terms.tsx';
import { type Preview, previewOf, settlementOf, whyUnchangeable } from './preview.ts';
import { useDraft } from './use-draft.ts';

interface AmendSheetProps extends OrderPartProps {
  readonly onClose: () => void;
}

const confirmWords = (orderNumber: string, preview: Preview | null): string => {
  if (!preview?.ok) return `Change ${orderNumber}`;
  const { kind, minor } = settlementOf(preview);
  const amount = formatMoney(minor, preview.currency);
  if (kind === 'charge') return `Change it and charge ${amount}`;
  return kind === 'refund' ? `Change it and give back ${amount}` : `Change ${orderNumber}`;
};

/**
 * One draft amendment: lines, prices, discount, address, shipping. Nothing is sent while it is written; what it comes
 * to is decided in the browser, by the rules that the server has.
 */
export const AmendSheet = ({ onClose, ...part }: AmendSheetProps) => {
  const { desk, order, waybill } = part;
  const { orderId, orderNumber } = order;
  const drafting = useDraft(part);
  const { amendment, amendmentId, changes, forget, isPricing, preview, problems, refusal, request } = drafting;
  const [isTried, setIsTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // After the sheet has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const blocked = whyUnchangeable(waybill);
  const empty = previewOf({ type: 'RequestAmendment', orderId, amendmentId, amendment: blankAmendment }, waybill);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setIsTried(true);
    if (Object.keys(problems).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    if (!amendment || !preview?.ok || isPricing) return;
    const ran = desk.amend({ amendmentId, request, amendment });
    // Refused: the order went on in this very moment, and the preview says what is the matter.
    if (!ran.ok) return;
    forget();
    onClose();
  };
  // Enter ends a number or a code; what moves money takes Ctrl Enter, or the button.
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) event.currentTarget.requestSubmit();
  };
  const discard = () => {
    forget();
    if (changes > 0) notify('The draft was discarded. Nothing was sent.');
    onClose();
  };
  const shownProblems = isTried ? problems : { ...(problems.discount ? { discount: problems.discount } : {}) };
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={`Change ${orderNumber}`}
        description="Nothing is sent while you write. Ctrl Enter sends it; it is made as a whole, or not at all."
        className="w-[min(640px,100vw)]"
        footer={
          <div className="flex flex-col gap-3">
            <AmendPreview
              order={order}
              preview={isTried && changes === 0 ? empty : preview}
              changes={changes}
              isPricing={isPricing}
              refusal={refusal}
              onRetry={drafting.askAgain}
              format={part.format}
            />
            <div className="flex flex-wrap justify-end gap-2">
              <Button onClick={discard}>{changes > 0 ? 'Discard the draft' : 'Don’t change'}</Button>
              <Button variant="primary" type="submit" form="amend-form" busy={isPricing}>
                {confirmWords(orderNumber, preview)}
              </Button>
            </div>
          </div>
        }
      >
        <form
          id="amend-form"
          ref={form}
          noValidate
          onSubmit={onSubmit}
          onKeyDown={onKeyDown}
          className="flex flex-col gap-6"
        >
          {blocked && (
            <Band tone="bad" className="rounded-control">
              {blocked}
            </Band>
          )}
          <fieldset className="min-w-0">
            <legend className="mb-1 font-semibold text-admin">Lines</legend>
            <ul className="border-rule border-t">
              {order.lines.map((line) => (
                <AmendLine
                  key={line.lineId}
                  line={line}
                  waybill={waybill}
                  currency={order.currency}
                  drafting={drafting}
                  problems={shownProblems}
                />
              ))}
            </ul>
            <AddedLines order={order} drafting={drafting} problems={shownProblems} />
          </fieldset>
          <AmendTerms order={order} drafting={drafting} problems={shownProblems} />
          <AmendAddress order={order} drafting={drafting} problems={shownProblems} />
        </form>
      </SheetContent>
    </Sheet>
  );
};
