'use client';

import { type Ref, type RefObject, useEffect, useEffectEvent, useImperativeHandle, useState } from 'react';
import { notify } from '../../_ui/toast.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { useHeartbeat } from '../_presence/use-desk-live.ts';
import { appliesTo, labelOf, type OrderAction, withKey } from './order-action.ts';
import { orderActions } from './order-actions.ts';

/** What keys and palette ask of the open order, and how they learn of it. */
export type OpenOrder = {
  /** To be done as soon as the order is there. */
  readonly wanted: OrderAction | null;
  readonly onTaken: () => void;
  /** The focus is wanted by the order: it was opened from elsewhere than its row. */
  readonly wantsFocus: boolean;
  readonly onFocused: () => void;
  /** How the order is on the screen; null when it no longer is. */
  readonly onShown: (shown: ShownOrder | null) => void;
};

/** Does an action on the open order: at once, by a dialog, or by saying why not. */
export type PerformAction = (action: OrderAction) => void;

export type ShownOrder = { readonly part: OrderPartProps; readonly perform: PerformAction };

interface OrderActsProps {
  readonly part: OrderPartProps;
  readonly open: OpenOrder;
  /** Where the order is drawn: it gets the focus. */
  readonly pane: RefObject<HTMLElement | null>;
  readonly ref: Ref<PerformAction>;
}

/**
 * What is being done to the open order, and its dialog. A component of its own, so that a dialog that opens or closes
 * leaves the order as it is drawn (p98 of all keys 88 ms instead of 96, and p90 of the hold's 72 instead of 120).
 */
export const OrderActs = ({ part, open, pane, ref }: OrderActsProps) => {
  const { wanted, onTaken, onShown, wantsFocus, onFocused } = open;
  const [act, setAct] = useState<OrderAction | null>(null);
  useHeartbeat({ orderId: part.order.orderId, tabId: part.desk.presence.tabId, doing: act?.id ?? null });
  const perform: PerformAction = (asked) => {
    // Asked for before it was known that the order is a draft: its key means something else there.
    const same = withKey(orderActions, asked.key ?? '', (each) => appliesTo(each, part));
    const isMeant = appliesTo(asked, part);
    const action = isMeant ? asked : (same ?? asked);
    const why = isMeant || same ? action.whyNot(part) : 'It makes no sense on this order';
    if (why !== null && !action.explainsItself) notify(`${labelOf(action, part)}: not now`, { detail: why });
    else if (action.Dialog) setAct(action);
    else action.run?.(part);
  };
  useImperativeHandle(ref, () => perform);
  useEffect(() => onShown({ part, perform }));
  useEffect(() => () => onShown(null), [onShown]);
  const take = useEffectEvent(() => {
    if (!wanted) return;
    onTaken();
    perform(wanted);
  });
  useEffect(() => {
    if (wanted) take();
  }, [wanted]);
  useEffect(() => {
    if (!wantsFocus) return;
    pane.current?.focus({ preventScroll: true });
    onFocused();
  }, [wantsFocus, onFocused, pane]);
  const Dialog = act?.Dialog;
  return Dialog && <Dialog {...part} onClose={() => setAct(null)} />;
};
