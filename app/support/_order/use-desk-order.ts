'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { v7 } from 'uuid';
import type { Amendment } from '#domain/order/amendment-events.ts';
import { eventIdOf } from '#domain/shared/event-id.ts';
import type { OrderId, PaymentId } from '#domain/shared/ids.ts';
import type { CancelLines } from '#domain/waybill/amend.ts';
import type { RequestReturn } from '#domain/waybill/returns.ts';
import { useShownTotal } from '../../_optimistic/use-shown-total.ts';
import { useWaybillCommand } from '../../_optimistic/use-waybill-command.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import type { DraftRequest } from '../_amend/draft.ts';
import { useDeskLive } from '../_presence/use-desk-live.ts';
import { useUnsentMails } from './use-unsent-mails.ts';

type Wanted<Command> = Omit<Command, 'type' | 'orderId'>;

/** Whether a mail may go out does not hang on its id. */
const anyId = '00000000-0000-7000-8000-000000000000';

/** One order: its row, what lies over it, its history, and what an agent can do with it. All of it live. */
export const useDeskOrder = (orderId: OrderId) => {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const order = useQuery(trpc.support.order.get.queryOptions({ orderId }));
  const history = useQuery(trpc.support.order.history.queryOptions({ orderId }));
  const refresh = [
    trpc.support.order.get.queryKey({ orderId }),
    trpc.support.order.history.queryKey({ orderId }),
  ] as const;
  const presence = useDeskLive({ orderId, after: order.data === null ? null : order.data?.at, refresh });
  const commands = useWaybillCommand(orderId, { waybill: order.data?.waybill, refresh });
  const { run, problems, dismiss } = commands;
  const unsentMails = useUnsentMails(orderId);
  const shownTotalOf = useShownTotal(commands.waybill);
  const priceAgain = (refusal: unknown): never => {
    void queryClient.invalidateQueries({ queryKey: trpc.support.order.quoteAmendment.pathKey() });
    throw refusal;
  };
  const told = history.data?.entries;
  useEffect(() => {
    // What got no answer was recorded after all.
    const recorded = new Set(told?.map(({ eventId }) => eventId));
    for (const { kind, commandId } of problems)
      if (kind === 'failed' && recorded.has(eventIdOf(commandId, 0))) dismiss(commandId);
  }, [told, problems, dismiss]);
  return {
    order,
    history,
    presence,
    commands,
    unsentMails,
    cancel: (input: { readonly reason: string; readonly restock: boolean }) =>
      run({ type: 'CancelOrder', orderId, ...input }, (identity) =>
        client.support.order.cancel.mutate({ orderId, ...input, ...identity }),
      ),
    refund: (input: { readonly paymentId: PaymentId; readonly amountMinor: number; readonly reason: string }) => {
      const refund = { refundId: v7(), ...input };
      return run({ type: 'RequestRefund', orderId, ...refund }, (identity) =>
        client.support.order.refund.mutate({ orderId, ...refund, ...identity }),
      );
    },
    /** `amendment` is what the browser predicts with; the server puts its own prices into `request`. */
    amend: (input: { readonly amendmentId: string; readonly request: DraftRequest; readonly amendment: Amendment }) => {
      const { amendmentId, request, amendment } = input;
      return run({ type: 'RequestAmendment', orderId, amendmentId, amendment }, (identity) =>
        client.support.order.amend
          .mutate({ orderId, amendmentId, ...request, agreedTotalMinor: shownTotalOf(amendment), ...identity })
          .catch(priceAgain),
      );
    },
    cancelLines: (input: Wanted<CancelLines>) =>
      run({ type: 'CancelLines', orderId, ...input }, (identity) =>
        client.support.order.cancelLines.mutate({ orderId, ...input, lines: [...input.lines], ...identity }),
      ),
    requestReturn: (input: Wanted<RequestReturn>) =>
      run({ type: 'RequestReturn', orderId, ...input }, (identity) =>
        client.support.order.requestReturn.mutate({ orderId, ...input, lines: [...input.lines], ...identity }),
      ),
    approveReturn: (returnId: string) =>
      run({ type: 'ApproveReturn', orderId, returnId }, (identity) =>
        client.support.order.approveReturn.mutate({ orderId, returnId, ...identity }),
      ),
    declineReturn: (returnId: string, reason: string) =>
      run({ type: 'DeclineReturn', orderId, returnId, reason }, (identity) =>
        client.support.order.declineReturn.mutate({ orderId, returnId, reason, ...identity }),
      ),
    placeHold: (reason: string, holdId: string = v7()) => {
      const hold = { holdId, reason };
      return run({ type: 'PlaceHold', orderId, ...hold }, (identity) =>
        client.support.order.placeHold.mutate({ orderId, ...hold, ...identity }),
      );
    },
    releaseHold: (holdId: string) =>
      run({ type: 'ReleaseHold', orderId, holdId }, (identity) =>
        client.support.order.releaseHold.mutate({ orderId, holdId, ...identity }),
      ),
    addNote: (input: { readonly text: string; readonly visibility: 'internal' | 'customer' }) => {
      const note = { noteId: v7(), ...input };
      return run({ type: 'AddNote', orderId, ...note }, (identity) =>
        client.support.order.addNote.mutate({ orderId, ...note, ...identity }),
      );
    },
    /** Why the confirmation can't go out again; null while it can. */
    resendObjection: commands.objectionTo({ type: 'ResendConfirmation', orderId, notificationId: anyId }),
    resendConfirmation: () => {
      const mail = { notificationId: v7() };
      return run({ type: 'ResendConfirmation', orderId, ...mail }, (identity) =>
        client.support.order.resendConfirmation.mutate({ orderId, ...mail, ...identity }),
      );
    },
    discardDraft: () =>
      run({ type: 'DiscardDraftOrder', orderId }, (identity) =>
        client.support.draft.discard.mutate({ orderId, ...identity }),
      ),
    tag: (tag: string) =>
      run({ type: 'TagOrder', orderId, tag }, (identity) =>
        client.support.order.tag.mutate({ orderId, tag, ...identity }),
      ),
    untag: (tag: string) =>
      run({ type: 'UntagOrder', orderId, tag }, (identity) =>
        client.support.order.untag.mutate({ orderId, tag, ...identity }),
      ),
    assign: (to: string | null) =>
      run({ type: 'AssignOrder', orderId, to }, (identity) =>
        client.support.order.assign.mutate({ orderId, to, ...identity }),
      ),
  };
};

export type DeskOrderHandle = ReturnType<typeof useDeskOrder>;
