'use client';

import { useRef, useState } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { Button } from '../../_ui/button.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { ChangePanel } from './change-panel.tsx';
import { OrderProblems } from './order-problems.tsx';
import { canChange, returnableParcels, whyNotChange } from './own-options.ts';
import { ReturnPanel } from './return-panel.tsx';
import type { ShopOrder } from './use-shop-order.ts';

interface OrderActionsProps {
  readonly shop: ShopOrder;
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
}

/** What its customer can do with an order now; where that is less than it was, why. */
export const OrderActions = ({ shop, waybill, order }: OrderActionsProps) => {
  const [open, setOpen] = useState<'change' | 'return' | null>(null);
  const section = useRef<HTMLElement>(null);
  // Opened or closed, what had the focus goes; the section stays, and its first control is one Tab away.
  const show = (panel: typeof open) => {
    setOpen(panel);
    section.current?.focus({ preventScroll: true });
  };
  const close = () => show(null);
  const mayChange = canChange(waybill);
  const mayCancel = shop.cancelObjection === null && order.status !== 'canceled';
  const parcels = returnableParcels(waybill);
  const why = mayChange ? null : whyNotChange(waybill, order);
  return (
    <section ref={section} tabIndex={-1} aria-label="What you can do" className="mt-6 outline-none">
      {open === 'change' && mayChange ? (
        <ChangePanel shop={shop} waybill={waybill} order={order} onClose={close} />
      ) : open === 'return' && parcels.length > 0 ? (
        <ReturnPanel shop={shop} order={order} parcels={parcels} onClose={close} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {mayChange && (
            <Button size="sm" onClick={() => show('change')}>
              Change the order
            </Button>
          )}
          {mayCancel && <CancelOrder shop={shop} waybill={waybill} order={order} />}
          {parcels.length > 0 && (
            <Button size="sm" onClick={() => show('return')}>
              Send something back
            </Button>
          )}
          {(mayChange || mayCancel) && (
            <p className="text-desk text-muted">Possible until the warehouse begins to pick it.</p>
          )}
        </div>
      )}
      {why && <p className="mt-2 max-w-prose text-desk text-muted">{why}</p>}
      <OrderProblems commands={shop.commands} />
    </section>
  );
};
