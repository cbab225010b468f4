'use client';

import { useState } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
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

/** Why it is too late to cancel, as its customer needs to know it. */
const tooLateWords = (waybill: Waybill): string =>
  liveFulfillments(waybill).some(({ status }) => status === 'shipped' || status === 'delivered')
    ? 'It has left the warehouse and can no longer be canceled. You can send it back once it is with you.'
    : 'The warehouse is getting it ready, so it can no longer be canceled.';

/** Until somebody begins to pick it, an order can be canceled. */
export const CancelOrder = ({ shop, waybill, order }: CancelOrderProps) => {
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [problem] = shop.commands.problems;
  const total = formatMoney(order.totals.grandTotalMinor, order.currency);
  const confirm = () => {
    const ran = shop.cancel();
    if (!ran.ok) return setRefused(ran.words);
    setOpen(false);
  };
  return (
    <div className="mt-6">
      {shop.cancelObjection === null && order.status !== 'canceled' ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button size="sm" onClick={() => setOpen(true)}>
            Cancel the order
          </Button>
          <p className="text-desk text-muted">Possible until the warehouse begins to pick it.</p>
        </div>
      ) : (
        order.status === 'confirmed' && <p className="text-desk text-muted">{tooLateWords(waybill)}</p>
      )}
      {problem && (
        <div
          role="alert"
          className="mt-3 flex flex-wrap items-center gap-3 rounded-control bg-bad-bg px-4 py-3 text-bad"
        >
          <span className="min-w-0 flex-1">
            <span className="font-semibold">The order was not canceled.</span> {problem.words}
          </span>
          {problem.kind === 'rejected' ? (
            <Button size="sm" onClick={() => shop.commands.dismiss(problem.commandId)}>
              Understood
            </Button>
          ) : (
            <Button size="sm" onClick={() => shop.commands.retry(problem.commandId)}>
              Retry
            </Button>
          )}
        </div>
      )}
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
    </div>
  );
};
