'use client';

import { useMutation, useQuery } from '@tanstack/react-query';
import { Landmark } from 'lucide-react';
import { codeOf, referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { Money } from '../../_ui/money.tsx';
import { Skeleton } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { orderHref } from '../../(shop)/_order/order-href.ts';

interface ChallengePanelProps {
  readonly challengeId: string;
  /** Of a guest's order. */
  readonly link: string | undefined;
}

const answeredWords = {
  approved: 'You approved this payment. There is nothing more to do here.',
  refused: 'You refused this payment. Nothing is charged.',
} as const;

/** The bank's question: is it you who pays? The first answer counts. */
export const ChallengePanel = ({ challengeId, link }: ChallengePanelProps) => {
  const trpc = useTRPC();
  const question = useQuery(trpc.shop.challenge.get.queryOptions({ challengeId }));
  const answer = useMutation(trpc.shop.challenge.answer.mutationOptions());
  const challenge = question.data;
  if (!challenge) {
    if (!question.isError) return <Skeleton className="h-60 w-full" />;
    if (codeOf(question.error) === 'NOT_FOUND' || codeOf(question.error) === 'BAD_REQUEST')
      return (
        <EmptyState className="px-0 py-0" title="Your bank has no such question.">
          Go back to your order and follow the link there.
        </EmptyState>
      );
    return (
      <ErrorState
        className="px-0"
        title="The question could not be read."
        reference={referenceOf(question.error)}
        onRetry={() => void question.refetch()}
      >
        {wordsOf(question.error)}
      </ErrorState>
    );
  }
  const { status, amountMinor, currency, orderId } = challenge;
  const back = orderHref(orderId, link);
  const give = (approve: boolean) =>
    // A whole page load, as from a bank's site.
    answer.mutate({ challengeId, approve }, { onSuccess: () => window.location.assign(back) });
  return (
    <>
      <p className="flex items-center gap-2 text-muted">
        <Landmark aria-hidden="true" className="size-5" /> Demo Bank
      </p>
      <h1 className="mt-4 text-title">{status === 'open' ? 'Is it you who pays?' : 'Already answered'}</h1>
      <dl className="mt-4 border-rule border-y py-3">
        <dt className="text-caption text-muted">To Waybill</dt>
        <dd className="mt-1 text-figure">
          <Money minor={amountMinor} currency={currency} />
        </dd>
      </dl>
      {status === 'open' ? (
        <div className="mt-5 flex flex-wrap gap-3">
          <Button variant="primary" className="flex-1" busy={answer.isPending} onClick={() => give(true)}>
            Approve {formatMoney(amountMinor, currency)}
          </Button>
          <Button className="flex-1" busy={answer.isPending} onClick={() => give(false)}>
            Refuse
          </Button>
        </div>
      ) : (
        <p className="mt-4">{answeredWords[status]}</p>
      )}
      {answer.isError && (
        <p role="alert" className="mt-3 text-bad">
          Your answer was not taken. {wordsOf(answer.error)}
        </p>
      )}
      <p className="mt-5">
        <a href={back} className="text-link underline underline-offset-3">
          Back to the order
        </a>
      </p>
    </>
  );
};
