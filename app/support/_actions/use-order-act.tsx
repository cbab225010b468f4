'use client';

import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { notify } from '../../_ui/toast.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
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
  /** The order is on the screen as `part`; null when it no longer is. */
  readonly onShown: (part: OrderPartProps | null) => void;
};

/** Does actions on the open order: at once, by a dialog, or by saying why not. Null while there is no order. */
export const useOrderAct = (
  part: OrderPartProps | null,
  { wanted, onTaken, onShown, wantsFocus, onFocused }: OpenOrder,
) => {
  const pane = useRef<HTMLElement>(null);
  const [act, setAct] = useState<OrderAction | null>(null);
  const perform = (asked: OrderAction): void => {
    if (!part) return;
    // Asked for before it was known that the order is a draft: its key means something else there.
    const same = withKey(orderActions, asked.key ?? '', (each) => appliesTo(each, part));
    const isMeant = appliesTo(asked, part);
    const action = isMeant ? asked : (same ?? asked);
    const why = isMeant || same ? action.whyNot(part) : 'It makes no sense on this order';
    if (why !== null && !action.explainsItself) notify(`${labelOf(action, part)}: not now`, { detail: why });
    else if (action.Dialog) setAct(action);
    else action.run?.(part);
  };
  useEffect(() => onShown(part));
  useEffect(() => () => onShown(null), [onShown]);
  const isThere = part !== null;
  const take = useEffectEvent(() => {
    if (!wanted) return;
    onTaken();
    perform(wanted);
  });
  useEffect(() => {
    if (wanted && isThere) take();
  }, [wanted, isThere]);
  useEffect(() => {
    if (!wantsFocus || !isThere) return;
    pane.current?.focus({ preventScroll: true });
    onFocused();
  }, [wantsFocus, isThere, onFocused]);
  const Dialog = act?.Dialog;
  const dialog: ReactNode = part && Dialog && <Dialog {...part} onClose={() => setAct(null)} />;
  return { pane, perform, dialog, doing: act?.id ?? null };
};
