'use client';

import { type RefObject, useCallback, useMemo, useRef, useState } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { useTRPCClient } from '../../_trpc/trpc.ts';
import { type Shortcuts, useShortcuts } from '../../_ui/keys.ts';
import { notify } from '../../_ui/toast.tsx';
import type { DeskOrder } from '../_desk/desk-types.ts';
import type { useDeskState } from '../_desk/use-desk-state.ts';
import type { OrderPartProps } from '../_order/order-part.ts';
import type { DeskBulk } from '../_selection/use-bulk.ts';
import type { DeskSelection } from '../_selection/use-selection.ts';
import { appliesTo, type OrderAction, withKey } from './order-action.ts';
import { orderActions } from './order-actions.ts';
import type { OpenOrder, ShownOrder } from './order-acts.tsx';
import { useAgents } from './use-agents.ts';

export type DeskActionsInput = {
  readonly desk: ReturnType<typeof useDeskState>;
  readonly rows: readonly DeskOrder[];
  /** Where the list is: the row with the focus is an order that can be meant. */
  readonly pane: RefObject<HTMLElement | null>;
  readonly selection: DeskSelection;
  readonly bulk: DeskBulk;
  /** Closes the order, back to its row. */
  readonly onClose: () => void;
};

/** What an action would be done to: several orders, or one. */
export type Aim =
  | { readonly kind: 'many'; readonly orders: readonly DeskOrder[] }
  | { readonly kind: 'open'; readonly part: OrderPartProps | null; readonly orderId: OrderId };

const asOrderId = (orderId: string): OrderId => orderId as OrderId;

/**
 * Aims the actions: at the selected orders where an action takes several, else at the row with the focus, else at the
 * open order. Binds their keys.
 */
export const useDeskActions = ({ desk, rows, pane, selection, bulk, onClose }: DeskActionsInput) => {
  const client = useTRPCClient();
  // Who can be assigned is known before anybody presses A.
  useAgents();
  const shown = useRef<ShownOrder | null>(null);
  const [wanted, setWanted] = useState<{ readonly action: OrderAction; readonly orderId: string } | null>(null);
  const [focusOn, setFocusOn] = useState<OrderId | null>(null);
  const [asking, setAsking] = useState<{ readonly action: OrderAction; readonly orders: readonly DeskOrder[] }>();

  const focusedRow = (): DeskOrder | undefined => {
    const row = document.activeElement?.closest<HTMLElement>('[role=row][data-index]');
    return row && pane.current?.contains(row) ? rows[Number(row.dataset.index)] : undefined;
  };

  /** What would be meant now; ask before a dialog takes the focus. */
  const aim = (): { readonly several: readonly DeskOrder[]; readonly one: Aim | null } => {
    const row = focusedRow();
    const several = selection.orders;
    if (row && row.orderId !== desk.order) return { several, one: { kind: 'many', orders: [row] } };
    if (desk.order === null) return { several, one: null };
    return { several, one: { kind: 'open', part: shown.current?.part ?? null, orderId: desk.order } };
  };

  const startMany = (action: OrderAction, orders: readonly DeskOrder[]): void => {
    if (action.many?.Dialog) setAsking({ action, orders });
    else if (action.many?.job) bulk.start(action.many.job(client), orders);
  };

  const startOne = (action: OrderAction, one: Aim) => {
    if (one.kind === 'open') {
      // Not by way of the desk's state where that can be: all of the desk would be drawn anew before the dialog is there.
      if (shown.current?.part.order.orderId === one.orderId) shown.current.perform(action);
      else setWanted({ action, orderId: one.orderId });
      return;
    }
    if (action.many) return startMany(action, one.orders);
    const [order] = one.orders;
    if (!order) return;
    // It needs the whole order in sight.
    desk.open(asOrderId(order.orderId));
    setWanted({ action, orderId: order.orderId });
  };

  const pressed = (key: string) => {
    const { several, one } = aim();
    const forMany = withKey(orderActions, key, ({ many }) => many !== undefined && (many.applies?.(several) ?? true));
    if (several.length > 0 && forMany) return startMany(forMany, several);
    if (!one) {
      notify('No order is meant', { detail: 'Move to one with J and K, or open it with Enter.' });
      return;
    }
    const action = withKey(orderActions, key, (each) => {
      if (one.kind === 'open')
        return one.part === null ? each.applies === undefined && each.draft !== 'only' : appliesTo(each, one.part);
      return each.draft !== 'only' && (each.many?.applies?.(one.orders) ?? true);
    });
    if (action) startOne(action, one);
  };

  // One thing after the other: what lies on top goes first.
  const leave = () => {
    if (selection.selected.size > 0) selection.clear();
    else if (bulk.runs.length > 0) bulk.close();
    else if (desk.order !== null) onClose();
  };

  const keys = new Set(orderActions.flatMap(({ key }) => key ?? []));
  useShortcuts({
    ...(Object.fromEntries([...keys].map((key) => [key, () => pressed(key)])) satisfies Shortcuts),
    Escape: leave,
  });

  const onShown = useCallback((now: ShownOrder | null) => {
    shown.current = now;
  }, []);
  const wantedHere = wanted !== null && wanted.orderId === desk.order ? wanted.action : null;
  const wantsFocus = focusOn !== null && focusOn === desk.order;
  const open = useMemo(
    (): OpenOrder => ({
      wanted: wantedHere,
      onTaken: () => setWanted(null),
      onShown,
      wantsFocus,
      onFocused: () => setFocusOn(null),
    }),
    [wantedHere, wantsFocus, onShown],
  );
  /** Opens an order and gives it the focus, so that the keys mean it and no row. */
  const openHere = (orderId: OrderId) => {
    desk.open(orderId);
    setFocusOn(orderId);
  };
  return { aim, startMany, startOne, open, openHere, asking, stopAsking: useCallback(() => setAsking(undefined), []) };
};

export type DeskActions = ReturnType<typeof useDeskActions>;
