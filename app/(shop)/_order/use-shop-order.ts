'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { FulfillmentId, OrderId } from '#domain/shared/ids.ts';
import type { RequestReturn } from '#domain/waybill/returns.ts';
import { useShownTotal } from '../../_optimistic/use-shown-total.ts';
import { type Ran, useWaybillCommand } from '../../_optimistic/use-waybill-command.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import { useLiveOrder } from '../../_trpc/use-live-order.ts';
import type { ChangeCommand, ChangeRequest } from './change-draft.ts';

const cancelReason = 'Canceled by the customer';

/** One's own order: its row, what lies over it, and what happened to it. All of it live. */
export const useShopOrder = (orderId: OrderId, link: string | undefined) => {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const input = link === undefined ? { orderId } : { orderId, link };
  const order = useQuery(trpc.shop.order.get.queryOptions(input));
  const timeline = useQuery(trpc.shop.order.timeline.queryOptions(input));
  const refresh = [trpc.shop.order.get.queryKey(input), trpc.shop.order.timeline.queryKey(input)] as const;
  const live = useLiveOrder({ orderId, link, after: order.data === null ? null : order.data?.at, refresh });
  const commands = useWaybillCommand(orderId, { waybill: order.data?.waybill, refresh });
  const cancelCommand = { type: 'CancelOrder', orderId, reason: cancelReason, restock: true } as const;
  const shownTotalOf = useShownTotal(commands.waybill);
  const priceAgain = (refusal: unknown): never => {
    void queryClient.invalidateQueries({ queryKey: trpc.shop.order.quoteAmendment.pathKey() });
    throw refusal;
  };
  const change = (command: ChangeCommand, request: ChangeRequest): Ran =>
    commands.run(command, (identity) =>
      command.type === 'CancelLines'
        ? client.shop.order.cancelLines.mutate({
            ...input,
            ...identity,
            cancellationId: command.cancellationId,
            lines: [...command.lines],
          })
        : client.shop.order.amend
            .mutate({
              ...input,
              ...identity,
              ...request,
              amendmentId: command.amendmentId,
              added: [...request.added],
              quantities: [...request.quantities],
              agreedTotalMinor: shownTotalOf(command.amendment),
            })
            .catch(priceAgain),
    );
  return {
    /** What names the order to the API. */
    input,
    order,
    timeline,
    live,
    commands,
    /** Why it can't be canceled any more; null while it can. */
    cancelObjection: commands.objectionTo(cancelCommand),
    cancel: () =>
      commands.run(cancelCommand, (identity) =>
        client.shop.order.cancel.mutate({ ...input, reason: cancelReason, ...identity }),
      ),
    /** Asks for a change, or calls items off. */
    change,
    requestReturn: (wanted: Omit<RequestReturn, 'type' | 'orderId'>): Ran =>
      commands.run({ type: 'RequestReturn', orderId, ...wanted }, (identity) =>
        client.shop.order.requestReturn.mutate({
          ...input,
          ...identity,
          ...wanted,
          fulfillmentId: wanted.fulfillmentId as FulfillmentId,
          lines: [...wanted.lines],
        }),
      ),
  };
};

export type ShopOrder = ReturnType<typeof useShopOrder>;
