'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { v7 } from 'uuid';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { PencilPanel } from '../../_ui/pending.tsx';
import { addressErrors } from '../_checkout/checkout-schema.ts';
import { ChangeAdded } from './change-added.tsx';
import { ChangeAddress } from './change-address.tsx';
import {
  type AddressDraft,
  addressOf,
  blankDraft,
  type ChangeDraft,
  isEmptyRequest,
  requestOf,
} from './change-draft.ts';
import { ChangeItems } from './change-items.tsx';
import { ChangeShipping } from './change-shipping.tsx';
import { ChangeSums } from './change-sums.tsx';
import { useChangePreview } from './use-change-preview.ts';
import type { ShopOrder } from './use-shop-order.ts';

interface ChangePanelProps {
  readonly shop: ShopOrder;
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  readonly onClose: () => void;
}

/** A change of one's own order, in pencil until it is asked for: items, address, shipping, and what it costs. */
export const ChangePanel = ({ shop, waybill, order, onClose }: ChangePanelProps) => {
  const trpc = useTRPC();
  const [id] = useState(() => v7());
  const [draft, setDraft] = useState<ChangeDraft>(blankDraft);
  const [errors, setErrors] = useState<Partial<Record<keyof AddressDraft, string>>>({});
  const [refused, setRefused] = useState<string | null>(null);
  const request = requestOf(order, draft);
  const wrong = request.address ? addressErrors(request.address) : {};
  const isValid = Object.keys(wrong).length === 0;
  const { command, preview, objection, isPricing } = useChangePreview({ shop, waybill, order, request, id, isValid });
  const country = draft.address?.country ?? order.shipTo.country;
  const offers = useQuery(
    trpc.shop.quote.queryOptions({ lines: [], country, discountCode: null }, { placeholderData: keepPreviousData }),
  );
  const change = (next: Partial<ChangeDraft>) => {
    setDraft((now) => ({ ...now, ...next }));
    setRefused(null);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setErrors(wrong);
    if (!isValid) return setRefused('Put the address right first.');
    if (isEmptyRequest(request)) return setRefused('Change an item, the address or the shipping first.');
    // While the price is worked out, or where it can't be had, the sums say so.
    if (!command) return;
    const ran = shop.change(command, request);
    if (ran.ok) onClose();
    else setRefused(ran.words);
  };
  return (
    <form noValidate onSubmit={onSubmit} aria-label="Change the order">
      <PencilPanel
        title="Your change, not sent"
        level={2}
        footer={
          <>
            <Button type="submit" variant="primary" size="sm" busy={isPricing}>
              {preview
                ? `Change it: ${formatMoney(preview.after.grandTotalMinor, order.currency)} in all`
                : 'Change the order'}
            </Button>
            <Button size="sm" onClick={onClose}>
              Leave it as it is
            </Button>
          </>
        }
      >
        <ChangeItems
          order={order}
          quantities={draft.quantities}
          onChange={(lineId, quantity) => change({ quantities: { ...draft.quantities, [lineId]: quantity } })}
        />
        <ChangeAdded order={order} added={draft.added} onChange={(added) => change({ added })} />
        <div className="border-rule border-b px-4 py-3">
          {draft.address ? (
            <ChangeAddress
              address={draft.address}
              errors={errors}
              countries={offers.data?.countries ?? [{ code: country, name: country }]}
              onChange={(address) => {
                change({ address });
                setErrors((shown) => (Object.keys(shown).length > 0 ? addressErrors(address) : shown));
              }}
            />
          ) : (
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <span className="min-w-0 break-words">
                <span className="block text-caption text-muted">Ships to</span>
                {addressOf(order.shipTo).street}, {order.shipTo.postalCode} {order.shipTo.city}
              </span>
              <Button size="sm" onClick={() => change({ address: addressOf(order.shipTo) })}>
                Another address
              </Button>
            </div>
          )}
        </div>
        <ChangeShipping
          methods={offers.data?.methods ?? []}
          currency={order.currency}
          value={draft.shippingMethod ?? order.shippingMethod.code}
          onChange={(shippingMethod) => change({ shippingMethod })}
        />
        <ChangeSums preview={preview} currency={order.currency} objection={objection} isPricing={isPricing} />
        {refused && (
          <p role="alert" className="px-4 pb-3 text-bad">
            {refused}
          </p>
        )}
      </PencilPanel>
    </form>
  );
};
