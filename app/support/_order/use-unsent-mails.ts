'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OrderId } from '#domain/shared/ids.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { notify } from '../../_ui/toast.tsx';

/** A refusal comes without an event, so nothing tells of it: it is asked for now and then. */
const askedEveryMs = 30_000;

/** Mails that did not reach the customer, whom somebody has to tell another way, or try again. */
export const useUnsentMails = (orderId: OrderId) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const unsent = useQuery(trpc.support.order.unsentMails.queryOptions({ orderId }, { refetchInterval: askedEveryMs }));
  const retry = useMutation(
    trpc.support.order.retryMail.mutationOptions({
      onSuccess: () => notify('The mail is tried again.'),
      onError: (error) => notify('The mail was not tried again.', { detail: wordsOf(error) }),
      onSettled: () =>
        queryClient.invalidateQueries({ queryKey: trpc.support.order.unsentMails.queryKey({ orderId }) }),
    }),
  );
  return {
    mails: unsent.data ?? [],
    isTrying: retry.isPending,
    tryAgain: (effectId: string) => retry.mutate({ orderId, effectId }),
  };
};
