'use client';

import { ArrowLeft, Hand } from 'lucide-react';
import type { Address } from '#domain/order/events.ts';
import { isErased, revealed } from '#domain/shared/personal.ts';
import { balanceMinor } from '#domain/waybill/paid.ts';
import { summarize, type WaybillSummary } from '#domain/waybill/summary.ts';
import { Button } from '../../_ui/button.tsx';
import { IconButton } from '../../_ui/icon-button.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { Money } from '../../_ui/money.tsx';
import { Pending } from '../../_ui/pending.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Band } from '../../_ui/states.tsx';
import { fulfillmentLooks, orderLooks, paymentLooks } from '../../_ui/status.ts';
import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import { Stub } from '../../_ui/stub.tsx';
import { Time } from '../../_ui/time.tsx';
import { HeaderActions } from '../_actions/header-actions.tsx';
import type { OrderAction } from '../_actions/order-action.ts';
import { CustomerDetail } from './customer-detail.tsx';
import type { OrderPartProps } from './order-part.ts';
import { OrderTags } from './order-tags.tsx';
import { releaseHold } from './release-hold.ts';
import { erasedWord } from './words.ts';

interface OrderHeaderProps extends OrderPartProps {
  readonly onAct: (action: OrderAction) => void;
  readonly onBack: () => void;
}

interface BadgesProps {
  readonly now: WaybillSummary;
  readonly was: WaybillSummary;
  /** Nothing is to be paid yet. */
  readonly isDraft: boolean;
}

/** The three axes; one that is only predicted is drawn in pencil. */
const Badges = ({ now, was, isDraft }: BadgesProps) => (
  <span className="inline-flex flex-wrap items-center gap-2">
    {now.orderStatus === was.orderStatus ? (
      <StatusBadge axis="order" state={now.orderStatus} />
    ) : (
      <MarkBadge mark="pending">{orderLooks[now.orderStatus].word}</MarkBadge>
    )}
    {isDraft ? null : now.paymentStatus === was.paymentStatus ? (
      <StatusBadge axis="payment" state={now.paymentStatus} />
    ) : (
      <MarkBadge mark="pending">{paymentLooks[now.paymentStatus].word}</MarkBadge>
    )}
    {now.fulfillmentStatus !== null &&
      (now.fulfillmentStatus === was.fulfillmentStatus ? (
        <StatusBadge axis="fulfillment" state={now.fulfillmentStatus} />
      ) : (
        <MarkBadge mark="pending">{fulfillmentLooks[now.fulfillmentStatus].word}</MarkBadge>
      ))}
    {now.refundPendingMinor > 0 && <MarkBadge mark="pending">Refund pending</MarkBadge>}
  </span>
);

const placeWords = ({ recipient, postalCode, city, country }: Address): string => {
  const street = revealed(recipient, (present) => present.street, erasedWord);
  return [street, [postalCode, city].filter(Boolean).join(' '), country].filter(Boolean).join(', ');
};

/** Where it goes; where it is to go, under it, while a change of that waits. */
const Place = ({ now, was }: { readonly now: Address | null; readonly was: Address }) => {
  if (!now) return <>{placeWords(was)}</>;
  return (
    <>
      <span className="sr-only">recorded </span>
      <s className="block font-normal text-muted">{placeWords(was)}</s>
      <Pending pending>{placeWords(now)}</Pending>
    </>
  );
};

/** Number, badges, actions and the sums, ending in a perforated edge. */
export const OrderHeader = ({ onAct, onBack, ...part }: OrderHeaderProps) => {
  const { desk, order, waybill, recorded } = part;
  const now = summarize(waybill);
  const was = summarize(recorded) ?? now;
  if (!now || !was) return null;
  const isDraft = order.status === 'draft' || order.status === 'discarded';
  const { amendment, currency, shipTo, shippingMethod, promise } = order;
  const [balance, wasBalance] = [balanceMinor(waybill), balanceMinor(recorded)];
  const money = (id: 'paidMinor' | 'authorizedMinor' | 'refundableMinor') => (
    <span className="whitespace-nowrap text-[1rem]">
      <Pending pending={now[id] !== was[id]} was={<Money minor={was[id]} currency={currency} />}>
        <Money minor={now[id]} currency={currency} />
      </Pending>
    </span>
  );
  return (
    <header className="shrink-0">
      <Stub>
        <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b px-4 py-2">
          <IconButton label="Back to the list" onClick={onBack} className="-ml-2 lg:hidden">
            <ArrowLeft aria-hidden="true" />
          </IconButton>
          <h2 className="min-w-0 max-w-full">
            <OrderNumber
              value={order.orderNumber}
              copy="always"
              className={
                order.orderNumber.length > 14 ? 'font-medium text-section' : 'font-medium text-title tracking-tight'
              }
            />
          </h2>
          <Badges now={now} was={was} isDraft={isDraft} />
          <HeaderActions on={part} onAct={onAct} />
        </div>
        <OrderTags {...part} onAct={onAct} />
        {Object.entries(order.holds).map(([holdId, reason]) => {
          const pending = recorded.order.status === 'absent' || recorded.order.holds[holdId] === undefined;
          return (
            <Band
              key={holdId}
              tone={pending ? 'pencil' : 'hold'}
              icon={<Hand aria-hidden="true" />}
              action={
                <Button size="sm" onClick={() => releaseHold(part, holdId)}>
                  Release
                </Button>
              }
            >
              On hold: {reason}
            </Band>
          );
        })}
        <RuledCells
          cells={[
            {
              id: 'customer',
              caption: 'Customer',
              value: revealed(order.contact, ({ name }) => name, erasedWord),
              detail: <CustomerDetail order={order} />,
              grow: 2,
            },
            {
              id: 'to',
              caption: 'Ship to',
              value: <Place now={amendment?.shipTo ?? null} was={shipTo} />,
              detail: (
                <Pending pending={Boolean(amendment?.delivery)} was={shippingMethod.name}>
                  {(amendment?.delivery?.method ?? shippingMethod).name}, promised{' '}
                  <Time at={(amendment?.delivery?.promise ?? promise).deliverBy} variant="promise" quiet />
                </Pending>
              ),
              grow: 3,
            },
            ...(isDraft
              ? [
                  {
                    id: 'total',
                    caption: 'Total',
                    value: (
                      <span className="whitespace-nowrap text-[1rem]">
                        <Money minor={order.totals.grandTotalMinor} currency={currency} />
                      </span>
                    ),
                    detail: 'as of saving',
                  },
                ]
              : [
                  { id: 'paid', caption: 'Paid', value: money('paidMinor') },
                  { id: 'authorized', caption: 'Authorized', value: money('authorizedMinor') },
                  { id: 'refundable', caption: 'Refundable', value: money('refundableMinor') },
                  {
                    id: 'balance',
                    caption: 'Balance',
                    value: (
                      <span className="whitespace-nowrap text-[1rem]">
                        <Pending
                          pending={balance !== wasBalance}
                          was={<Money minor={wasBalance} currency={currency} />}
                        >
                          <Money minor={balance} currency={currency} />
                        </Pending>
                      </span>
                    ),
                  },
                ]),
          ]}
        />
        <RuledCells
          className="border-rule border-t"
          cells={[
            {
              id: 'mail',
              caption: 'E-mail',
              value: (
                <span className="break-all font-normal">
                  {isErased(order.contact) ? erasedWord : order.contact.email}
                </span>
              ),
              grow: 2,
            },
            {
              id: 'phone',
              caption: 'Phone',
              value: (
                <span className="font-normal">
                  {isErased(order.contact) ? erasedWord : (order.contact.phone ?? 'None given')}
                </span>
              ),
              grow: 2,
            },
            {
              id: 'placed',
              caption: isDraft ? 'Begun' : 'Placed',
              value: (
                <span className="font-normal">
                  {desk.order.data ? <Time at={desk.order.data.placedAt} /> : 'Just now'}
                </span>
              ),
            },
            ...(order.externalReference
              ? [
                  {
                    id: 'reference',
                    caption: 'Their number',
                    value: <span className="break-all font-mono font-normal">{order.externalReference}</span>,
                    grow: 2,
                  },
                ]
              : []),
          ]}
        />
      </Stub>
    </header>
  );
};
