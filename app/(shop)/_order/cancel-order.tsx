'use client';

import { useState } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { Button } from '../../_ui/button.tsx';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { cancelWords } from './money-words.ts';
import type { ShopOrder } from './use-shop-order.ts';

interface CancelOrderProps {
  readonly shop: ShopOrder;
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
}

/** Cancels all of an order, once it is clear what becomes of the money. */
export const CancelOrder = ({ shop, waybill, order }: CancelOrderProps) => {
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const total = formatMoney(order.totals.grandTotalMinor, order.currency);
  const confirm = () => {
    const ran = shop.cancel();
    if (!ran.ok) return setRefused(ran.words);
    setOpen(false);
  };
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Cancel the order
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={(next) => {
          setOpen(next);
          setRefused(null);
        }}
        title={`Cancel ${order.orderNumber} for ${total}?`}
        confirmLabel={`Cancel order ${order.orderNumber}`}
        cancelLabel="Keep the order"
        onConfirm={confirm}
      >
        <p>The order ends here and the goods go back on sale. {cancelWords(waybill)} This can’t be undone.</p>
        {refused && (
          <p role="alert" className="mt-2 text-bad">
            {refused}
          </p>
        )}
      </ConfirmDialog>
    </>
  );
};
