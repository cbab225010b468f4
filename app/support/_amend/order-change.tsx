'use client';

import { CircleCheck, CircleX, PencilLine, X } from 'lucide-react';
import { useState } from 'react';
import type { DomainEvent } from '#domain/events/registry.ts';
import { describeEvent } from '#domain/waybill/event-words.ts';
import { formatMoney } from '../../_ui/format.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Band } from '../../_ui/states.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { changeOutcome, declinedWords } from './change-outcome.ts';
import { settlementOf } from './preview.ts';

const waitsFor = (chargeMinor: number, additions: number): string => {
  if (additions > 0 && chargeMinor > 0) return 'Waits for stock and the bank.';
  if (additions > 0) return 'Waits for stock.';
  return chargeMinor > 0 ? 'Waits for the bank.' : 'Being made.';
};

/** A change that waits for stock and bank; then what it became, or why it was not made. */
export const OrderChange = ({ desk, order, format }: OrderPartProps) => {
  const { amendment, currency } = order;
  const [watched, setWatched] = useState<string | null>(null);
  const [dismissed, setDismissed] = useState<string | null>(null);
  if (amendment && amendment.amendmentId !== watched) setWatched(amendment.amendmentId);
  if (amendment) {
    const { totalsBefore, totalsAfter, chargeMinor, refundMinor, additions } = amendment;
    const { kind, minor } = settlementOf({ before: totalsBefore, after: totalsAfter, chargeMinor, refundMinor });
    const money = (amount: number) => formatMoney(amount, currency);
    const settlement = {
      charge: `, ${money(minor)} to be charged`,
      refund: `, ${money(minor)} to be given back`,
      less: '',
      none: '',
    }[kind];
    const isSame = totalsBefore.grandTotalMinor === totalsAfter.grandTotalMinor;
    return (
      <Band tone="pencil" live className="shrink-0" icon={<PencilLine aria-hidden="true" />}>
        <span className="font-semibold">Change pending:</span>{' '}
        {isSame
          ? `the total stays ${money(totalsAfter.grandTotalMinor)}`
          : `${money(totalsBefore.grandTotalMinor)} becomes ${money(totalsAfter.grandTotalMinor)}`}
        {settlement}. {waitsFor(chargeMinor, additions.length)}
      </Band>
    );
  }
  const events = (desk.history.data?.entries ?? []).map(({ event }) => event as DomainEvent);
  const outcome = changeOutcome(events, watched);
  if (!outcome || outcome.amendmentId === dismissed || order.status !== 'confirmed') return null;
  const { title } = describeEvent(outcome, format);
  const asked = events.find(
    (event): event is Extract<DomainEvent, { type: 'AmendmentRequested' }> =>
      event.type === 'AmendmentRequested' && event.amendmentId === outcome.amendmentId,
  );
  const nameOf = (sku: string): string =>
    [...order.lines, ...(asked?.added ?? [])].find((line) => line.sku === sku)?.name ?? sku;
  const dismiss = (
    <IconButton label="Dismiss" size="sm" onClick={() => setDismissed(outcome.amendmentId)}>
      <X aria-hidden="true" />
    </IconButton>
  );
  return outcome.type === 'AmendmentDeclined' ? (
    <Band tone="bad" live className="shrink-0" icon={<CircleX aria-hidden="true" />} action={dismiss}>
      <span className="font-semibold">{title}.</span> {declinedWords(outcome.reason, nameOf)}
    </Band>
  ) : (
    <Band tone="good" live className="shrink-0" icon={<CircleCheck aria-hidden="true" />} action={dismiss}>
      {title}.
    </Band>
  );
};
