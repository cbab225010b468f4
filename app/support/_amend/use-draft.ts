'use client';

import { skipToken, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { v7 } from 'uuid';
import type { OrderId } from '#domain/shared/ids.ts';
import { rejectionOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import type { OrderPartProps } from '../_order/order-part.ts';
import { amendmentOf, blankDraft, changesIn, type Draft, problemsOf, requestOf, toBeQuoted } from './draft.ts';
import { type Preview, previewOf } from './preview.ts';

/** Drafts that were put aside, until this tab is closed: a mistaken Escape costs nobody a long change. */
const putAside = new Map<OrderId, Draft>();

/** One draft amendment of an order, with what it would come to. Nothing of it is sent but questions for prices. */
export const useDraft = ({ order, waybill }: Pick<OrderPartProps, 'order' | 'waybill'>) => {
  const trpc = useTRPC();
  const { orderId } = order;
  const [draft, setDraft] = useState<Draft>(() => putAside.get(orderId) ?? blankDraft);
  const [amendmentId] = useState(() => v7());
  const change = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    putAside.set(orderId, next);
    setDraft(next);
  };
  const forget = () => {
    putAside.delete(orderId);
    setDraft(blankDraft);
  };

  const request = requestOf(draft, order);
  const problems = problemsOf(draft, order);
  const changes = changesIn(request);
  const isWhole = Object.keys(problems).length === 0;
  const question = toBeQuoted(request, order);
  const quote = useQuery(
    trpc.support.order.quoteAmendment.queryOptions(question && isWhole ? { orderId, ...question } : skipToken, {
      staleTime: 30_000,
    }),
  );
  const quoted = question ? quote.data?.amendment : null;
  const amendment = quoted === undefined || !isWhole || changes === 0 ? null : amendmentOf(request, quoted);
  const [asked, known] = [JSON.stringify(amendment), waybill];
  const preview = useMemo<Preview | null>(() => {
    const wanted = JSON.parse(asked) as ReturnType<typeof amendmentOf> | null;
    return wanted && previewOf({ type: 'RequestAmendment', orderId, amendmentId, amendment: wanted }, known);
  }, [asked, known, orderId, amendmentId]);

  const refused = question && quote.error ? quote.error : null;
  const isDiscountRefused = refused !== null && rejectionOf(refused)?.code === 'DiscountUnknown';
  return {
    draft,
    change,
    forget,
    request,
    amendmentId,
    amendment,
    preview,
    problems: isDiscountRefused ? { ...problems, discount: wordsOf(refused) } : problems,
    /** Why it could not be priced, where no field is to blame. */
    refusal: refused && !isDiscountRefused ? wordsOf(refused) : null,
    changes,
    isPricing: question !== null && isWhole && quote.isFetching,
    askAgain: () => void quote.refetch(),
  };
};

export type AmendDraft = ReturnType<typeof useDraft>;
