'use client';

import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { Button } from '../../_ui/button.tsx';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Sheet, SheetContent } from '../../_ui/sheet.tsx';
import { notify } from '../../_ui/toast.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { DraftCustomer } from './draft-customer.tsx';
import { DraftDelivery } from './draft-delivery.tsx';
import { problemsOfPlacing, problemsOfSaving } from './draft-form.ts';
import { DraftLines } from './draft-lines.tsx';
import { DraftTotals } from './draft-totals.tsx';
import { PlaceDialog } from './place-dialog.tsx';
import { type SavedDraft, useDraftOrder } from './use-draft-order.ts';

interface DraftSheetProps {
  /** A draft to go on with; null for a new order. */
  readonly part: OrderPartProps | null;
  /** It is saved or placed: the order is to be shown. */
  readonly onShow: (orderId: OrderId) => void;
  readonly onClose: () => void;
}

const goods = '[data-part=products] [role=combobox]';

type Asking = { readonly what: 'place'; readonly draft: SavedDraft } | { readonly what: 'discard' };

/** An order on the phone: who, what, at which price, where to. Saved as a draft, or placed with the caller's card. */
export const DraftSheet = ({ part, onShow, onClose }: DraftSheetProps) => {
  const draft = useDraftOrder(part);
  const { form, change, saved, isBusy, quote } = draft;
  const [tried, setTried] = useState<'save' | 'place' | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const body = useRef<HTMLDivElement>(null);
  /** The first of these that is there. */
  const focusOn = (...selectors: readonly string[]) =>
    requestAnimationFrame(() => {
      const found = selectors.map((selector) => body.current?.querySelector<HTMLElement>(selector));
      found.find((element) => element)?.focus();
    });
  // Not `part`, which is another with every read of the order: the focus is given once.
  const first = part === null ? 'input' : goods;
  useEffect(() => {
    // After the sheet has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(first)?.focus());
    return () => cancelAnimationFrame(frame);
  }, [first]);
  const problems = tried === 'place' ? problemsOfPlacing(form) : tried === 'save' ? problemsOfSaving(form) : {};

  const attempt = async (what: 'save' | 'place'): Promise<SavedDraft | null> => {
    setTried(what);
    const wrong = what === 'place' ? problemsOfPlacing(form) : problemsOfSaving(form);
    if (Object.keys(wrong).length === 0) return isBusy ? null : draft.save();
    focusOn('[aria-invalid=true]', '[data-part=customer] input', goods);
    return null;
  };
  const save = async () => {
    const after = await attempt('save');
    if (!after) return;
    notify(`${after.orderNumber} is saved as a draft`, { detail: 'Nothing is reserved until it is placed.' });
    onClose();
    onShow(after.orderId);
  };
  const place = async () => {
    const after = await attempt('place');
    if (after) setAsking({ what: 'place', draft: after });
  };
  const discard = async () => {
    setAsking(null);
    if (!(await draft.discard())) return;
    notify(saved ? `${saved.orderNumber} is discarded` : 'The order was discarded. Nothing was saved.');
    onClose();
  };
  const isBlank = form.lines.length === 0 && form.contact.name === '' && form.contact.email === '';
  // Enter ends a field; what saves or goes on takes Ctrl.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (asking !== null || !(event.ctrlKey || event.metaKey)) return;
    if (event.key === 'Enter') void place();
    else if (event.key === 's') void save();
    else return;
    event.preventDefault();
  };
  const total = quote.data && formatMoney(quote.data.totals.grandTotalMinor, quote.data.currency);
  const number = saved?.orderNumber;
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent
        title={number ? `Draft ${number}` : 'New order'}
        description={
          <>
            Nothing is reserved or charged yet.
            <span className="max-sm:hidden"> Ctrl S saves it as a draft, Ctrl Enter goes on to the card.</span>
          </>
        }
        className="w-[min(680px,100vw)]"
        onKeyDown={onKeyDown}
        footer={
          <div className="flex flex-col gap-3">
            <DraftTotals draft={draft} />
            <div className="flex flex-wrap justify-end gap-2">
              <Button
                className="mr-auto"
                onClick={() => (isBlank && !saved ? onClose() : setAsking({ what: 'discard' }))}
              >
                {isBlank && !saved ? 'Never mind' : 'Discard'}
              </Button>
              <Button busy={isBusy} onClick={() => void save()}>
                Save draft
              </Button>
              <Button variant="primary" busy={isBusy} onClick={() => void place()}>
                {total && form.lines.length > 0 ? `Place for ${total}` : 'Place'}
              </Button>
            </div>
          </div>
        }
      >
        <div ref={body} className="flex flex-col gap-6">
          <DraftCustomer
            form={form}
            isFixed={saved !== null}
            problems={problems}
            onChange={change}
            onChosen={(next) => focusOn(next === 'products' ? goods : `[data-part=${next}]`)}
          />
          <DraftLines draft={draft} recorded={part?.order ?? null} problems={problems} />
          <DraftDelivery draft={draft} problems={problems} />
        </div>
        {asking?.what === 'place' && (
          <PlaceDialog
            draft={asking.draft}
            customer={form.contact.name}
            onClose={() => setAsking(null)}
            onPlaced={() => {
              onClose();
              onShow(asking.draft.orderId);
            }}
          />
        )}
        <ConfirmDialog
          open={asking?.what === 'discard'}
          onOpenChange={() => setAsking(null)}
          title={number ? `Discard ${number}?` : 'Discard this order?'}
          confirmLabel={number ? `Discard ${number}` : 'Discard it'}
          cancelLabel="Keep writing"
          onConfirm={() => void discard()}
        >
          {number
            ? 'The draft ends without an order. It stays on record, and can’t be taken up again.'
            : 'What you wrote is gone. Nothing was saved or charged.'}
        </ConfirmDialog>
      </SheetContent>
    </Sheet>
  );
};
