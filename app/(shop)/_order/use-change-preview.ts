'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { type ChangeRequest, commandOf, needsQuote, previewOf } from './change-draft.ts';
import type { ShopOrder } from './use-shop-order.ts';

/** A person types and steps on; the server is asked when they pause. */
const pauseMs = 300;

const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
};

interface PreviewParts {
  readonly shop: ShopOrder;
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  readonly request: ChangeRequest;
  /** The id that the change will have. */
  readonly id: string;
  /** Whether the form holds what can be asked for. */
  readonly isValid: boolean;
}

/** What a change would come to, and why it can't be: prices from the server, the decision in the browser. */
export const useChangePreview = ({ shop, waybill, order, request, id, isValid }: PreviewParts) => {
  const trpc = useTRPC();
  const text = JSON.stringify(request);
  const settled = useSettled(text);
  const isQuoted = isValid && needsQuote(order, request);
  const asked = JSON.parse(settled) as ChangeRequest;
  const quote = useQuery(
    trpc.shop.order.quoteAmendment.queryOptions(
      { ...shop.input, ...asked, added: [...asked.added], quantities: [...asked.quantities] },
      { enabled: isQuoted && settled === text && needsQuote(order, asked), retry: false },
    ),
  );
  const quoted = isQuoted && settled === text ? (quote.data?.amendment ?? null) : null;
  const command = commandOf(order, request, id, quoted);
  const objection = command
    ? shop.commands.objectionTo(command)
    : isQuoted && settled === text && quote.isError
      ? wordsOf(quote.error)
      : null;
  return {
    command,
    preview: command && previewOf(command, waybill),
    objection,
    isPricing: isQuoted && !command && objection === null,
  };
};
