'use client';

import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 } from 'uuid';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { OrderId, StreamId } from '#domain/shared/ids.ts';
import { conflictOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import type { OrderPartProps } from '../_order/order-part.ts';
import { blankForm, contentOf, type DraftForm, formOf, questionOf } from './draft-form.ts';

/** The draft as the server has it: `version` of its stream is what the next command is decided on. */
export type SavedDraft = {
  readonly orderId: OrderId;
  readonly orderNumber: string;
  readonly version: number;
  readonly totalMinor: number;
  readonly currency: string;
};

const streamOf = (orderId: OrderId): StreamId => `order-${orderId}`;

const savedOf = (events: readonly RecordedEvent<DomainEvent>[], before: SavedDraft | null): SavedDraft | null =>
  events.reduce<SavedDraft | null>((saved, { event, version }) => {
    if (event.type !== 'DraftOrderCreated' && event.type !== 'DraftOrderRevised') return saved;
    const orderNumber = event.type === 'DraftOrderCreated' ? event.orderNumber : (saved?.orderNumber ?? '');
    const { orderId, currency } = event;
    return { orderId, orderNumber, version, currency, totalMinor: event.totals.grandTotalMinor };
  }, before);

const savedFrom = (part: Pick<OrderPartProps, 'order' | 'recorded'>): SavedDraft => {
  const { orderId, orderNumber, totals, currency } = part.order;
  const version = part.recorded.versions[streamOf(orderId)] ?? 0;
  return { orderId, orderNumber, version, currency, totalMinor: totals.grandTotalMinor };
};

// A new order that was put aside, until this tab is closed: a mistaken Escape costs nobody a long call.
let putAside: { readonly form: DraftForm; readonly orderId: OrderId } | null = null;

export const forgetPutAside = (): void => {
  putAside = null;
};

/** A phone order while it is written, what it comes to, and its saving. `part`: a draft to go on with. */
export const useDraftOrder = (part: OrderPartProps | null) => {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [orderId] = useState(() => part?.order.orderId ?? putAside?.orderId ?? (v7() as OrderId));
  const [form, setForm] = useState<DraftForm>(() => (part ? formOf(part.order) : (putAside?.form ?? blankForm)));
  const [saved, setSaved] = useState<SavedDraft | null>(() => part && savedFrom(part));
  const [savedForm, setSavedForm] = useState(() => (part ? JSON.stringify(contentOf(form)) : ''));
  const [isBusy, setBusy] = useState(false);
  /** Why the server did not do it, in words. */
  const [refusal, setRefusal] = useState<string | null>(null);
  const [discardId] = useState(() => v7());
  // The same content sent again is the same request: an answer that was lost is heard the second time.
  const sent = useRef<{ readonly body: string; readonly commandId: string } | null>(null);

  const change = (next: Partial<DraftForm>) => {
    const changed = { ...form, ...next };
    if (!saved) putAside = { form: changed, orderId };
    setForm(changed);
    setRefusal(null);
  };
  const quote = useQuery(
    trpc.support.draft.quote.queryOptions(questionOf(form), { placeholderData: keepPreviousData, staleTime: 15_000 }),
  );
  const readAgain = () => {
    void queryClient.invalidateQueries({ queryKey: trpc.support.orders.pathKey() });
    void queryClient.invalidateQueries({ queryKey: trpc.support.order.get.queryKey({ orderId }) });
    void queryClient.invalidateQueries({ queryKey: trpc.support.order.history.queryKey({ orderId }) });
  };
  const content = contentOf(form);
  const isDirty = JSON.stringify(content) !== savedForm;

  /** Saves what is written, unless it is saved already; null when the server refused. */
  const save = async (): Promise<SavedDraft | null> => {
    if (saved && !isDirty) return saved;
    const body = JSON.stringify([saved?.version ?? 0, form.customerId, content]);
    const commandId = sent.current?.body === body ? sent.current.commandId : v7();
    sent.current = { body, commandId };
    setBusy(true);
    setRefusal(null);
    try {
      const { events } = saved
        ? await client.support.draft.revise.mutate({
            orderId,
            commandId,
            decidedOn: { [streamOf(orderId)]: saved.version },
            ...content,
          })
        : await client.support.draft.create.mutate({ orderId, commandId, customerId: form.customerId, ...content });
      const after = savedOf(events as readonly RecordedEvent<DomainEvent>[], saved);
      setSaved(after);
      setSavedForm(JSON.stringify(content));
      forgetPutAside();
      readAgain();
      return after;
    } catch (error) {
      setRefusal(
        conflictOf(error)
          ? 'A colleague changed this draft while you wrote. Nothing of yours was saved. Close it to see theirs.'
          : wordsOf(error),
      );
      return null;
    } finally {
      setBusy(false);
    }
  };

  /** Ends it without an order; what was never saved is forgotten. False when the server refused. */
  const discard = async (): Promise<boolean> => {
    if (saved) {
      setBusy(true);
      setRefusal(null);
      const decidedOn = { [streamOf(orderId)]: saved.version };
      try {
        await client.support.draft.discard.mutate({ orderId, commandId: discardId, decidedOn });
        readAgain();
      } catch (error) {
        setRefusal(
          conflictOf(error)
            ? 'A colleague changed this draft meanwhile, so it was not discarded. Close it to see theirs.'
            : wordsOf(error),
        );
        return false;
      } finally {
        setBusy(false);
      }
    }
    forgetPutAside();
    return true;
  };
  return { orderId, form, change, quote, saved, isDirty, isBusy, refusal, save, discard };
};

export type DraftOrderHandle = ReturnType<typeof useDraftOrder>;
