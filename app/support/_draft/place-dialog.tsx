'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import { conflictOf, rejectionOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Input } from '../../_ui/input.tsx';
import { Band } from '../../_ui/states.tsx';
import { notify } from '../../_ui/toast.tsx';
import { DemoCards } from '../../(shop)/_checkout/demo-cards.tsx';
import { rememberLink } from './phone-challenge.tsx';
import type { SavedDraft } from './use-draft-order.ts';

interface PlaceDialogProps {
  readonly draft: SavedDraft;
  readonly customer: string;
  readonly onPlaced: () => void;
  readonly onClose: () => void;
}

const blankCard = { number: '', expiry: '', cvc: '' };

/**
 * The card that the customer reads out, and the last word: what is placed can't be taken back. The number goes to the
 * gateway alone and is forgotten with this dialog; the order holds the gateway's token.
 */
export const PlaceDialog = ({ draft, customer, onPlaced, onClose }: PlaceDialogProps) => {
  const { orderId, orderNumber, version, currency } = draft;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [card, setCard] = useState(blankCard);
  const [totalMinor, setTotalMinor] = useState(draft.totalMinor);
  const [isBusy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  // One id for one card and one total: an answer that was lost is heard the second time, and nothing is placed twice.
  const sent = useRef<{ readonly key: string; readonly commandId: string; readonly cardToken: string | null } | null>(
    null,
  );
  const isFree = totalMinor === 0;
  useEffect(() => {
    // After the dialog has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('input, button')?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const put = (part: Partial<typeof card>) => {
    setCard({ ...card, ...part });
    setRefused(null);
  };
  const request = async () => {
    const key = JSON.stringify([card, totalMinor]);
    if (sent.current?.key === key) return sent.current;
    const cardToken = isFree ? null : (await client.shop.tokenizeCard.mutate(card)).cardToken;
    sent.current = { key, commandId: v7(), cardToken };
    return sent.current;
  };
  const refuse = (error: unknown) => {
    const rejection = rejectionOf(error);
    if (rejection?.code === 'PriceChanged') {
      setTotalMinor(rejection.isMinor);
      const total = formatMoney(rejection.isMinor, currency);
      return setRefused(`A price has changed: the total is ${total} now. Tell the customer, then place it again.`);
    }
    setRefused(
      conflictOf(error)
        ? 'A colleague changed this draft meanwhile, so nothing was placed. Close this and look at it again.'
        : wordsOf(error),
    );
  };
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setRefused(null);
    try {
      const { commandId, cardToken } = await request();
      const decidedOn = { [`order-${orderId}`]: version };
      const { link } = await client.support.draft.place.mutate({
        orderId,
        commandId,
        decidedOn,
        cardToken,
        agreedTotalMinor: totalMinor,
      });
      rememberLink(orderId, link);
      void queryClient.invalidateQueries({ queryKey: trpc.support.orders.pathKey() });
      void queryClient.invalidateQueries({ queryKey: trpc.support.order.get.queryKey({ orderId }) });
      void queryClient.invalidateQueries({ queryKey: trpc.support.order.history.queryKey({ orderId }) });
      notify(`${orderNumber} is placed`, { detail: 'Stock is reserved and the bank is asked now.' });
      onPlaced();
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };
  const total = formatMoney(totalMinor, currency);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Place ${orderNumber} for ${total}?`}
        description={`For ${customer}. ${isFree ? 'There is nothing to pay.' : 'The bank holds the amount now; it is taken when the goods leave.'}`}
        footer={
          <>
            <Button onClick={onClose}>Not yet</Button>
            <Button variant="primary" type="submit" form="place-draft" busy={isBusy}>
              Place it for {total}
            </Button>
          </>
        }
      >
        <form id="place-draft" ref={form} noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
          {refused && (
            <Band tone="bad" live className="rounded-control">
              {refused}
            </Band>
          )}
          {!isFree && (
            <>
              <div className="grid grid-cols-2 items-start gap-3">
                <Field label="Card number" required className="col-span-2">
                  <Input
                    inputMode="numeric"
                    autoComplete="off"
                    className="tabular-nums"
                    maxLength={40}
                    value={card.number}
                    onChange={(event) => put({ number: event.target.value })}
                  />
                </Field>
                <Field label="Good until" required>
                  <Input
                    inputMode="numeric"
                    autoComplete="off"
                    placeholder="MM/YY"
                    maxLength={10}
                    value={card.expiry}
                    onChange={(event) => put({ expiry: event.target.value })}
                  />
                </Field>
                <Field label="Code" required>
                  <Input
                    inputMode="numeric"
                    autoComplete="off"
                    maxLength={6}
                    value={card.cvc}
                    onChange={(event) => put({ cvc: event.target.value })}
                  />
                </Field>
              </div>
              <p className="flex flex-wrap items-center justify-between gap-2 text-meta text-muted">
                <span className="min-w-0 flex-1">
                  The number goes to the gateway and is not kept. Some banks ask the card’s holder to confirm (3-D
                  Secure), which can’t be done on the phone: you then get a link to send.
                </span>
                <DemoCards onChoose={(number) => put({ number, expiry: '12/40', cvc: '123' })} />
              </p>
            </>
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
};
