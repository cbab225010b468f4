'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MailWarning } from 'lucide-react';
import { mailNames } from '#domain/waybill/event-words.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { Band } from '../../_ui/states.tsx';
import { notify } from '../../_ui/toast.tsx';
import type { OrderPartProps } from './order-part.ts';

/** A refusal comes without an event, so nothing tells of it: it is asked for now and then. */
const askedEveryMs = 30_000;

/** Mails that did not reach the customer, whom somebody has to tell another way, or try again. */
export const UnsentMails = ({ order: { orderId } }: OrderPartProps) => {
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
  return unsent.data?.map(({ effectId, template, error }) => (
    <Band
      key={effectId}
      tone="hold"
      className="shrink-0"
      icon={<MailWarning aria-hidden="true" />}
      action={
        <Button size="sm" busy={retry.isPending} onClick={() => retry.mutate({ orderId, effectId })}>
          Try again
        </Button>
      }
    >
      <span className="font-semibold">The {mailNames[template]} did not reach the customer.</span> {error}
    </Band>
  ));
};
