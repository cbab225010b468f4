import { CircleX, Undo2 } from 'lucide-react';
import type { ExistingPayment, Movement } from '#domain/payment/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { cn } from '../../_ui/cn.ts';
import { Money } from '../../_ui/money.tsx';
import { pendingEdge } from '../../_ui/pending.tsx';
import { Badge, MarkBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import { cardWords } from './card-words.ts';
import type { Entry } from './route-stops.ts';

interface OrderRefundsProps {
  readonly waybill: Waybill;
  /** The newest first. */
  readonly entries: readonly Entry[];
}

type Refund = Movement & {
  readonly refundId: string;
  readonly payment: ExistingPayment;
  readonly askedAt: string | undefined;
  /** When it was done, or failed. */
  readonly endedAt: string | undefined;
};

const endOf = { PaymentRefunded: true, RefundFailed: true } as const;

const refundsOf = ({ payments }: Waybill, entries: readonly Entry[]): readonly Refund[] => {
  const timeOf = (refundId: string, isIt: (type: string) => boolean) =>
    entries.find(({ event }) => 'refundId' in event && event.refundId === refundId && isIt(event.type))?.occurredAt;
  return Object.values(payments)
    .flatMap((payment) =>
      Object.entries(payment.refunds).map(([refundId, movement]) => ({
        ...movement,
        refundId,
        payment,
        askedAt: timeOf(refundId, (type) => type === 'RefundRequested'),
        endedAt: timeOf(refundId, (type) => type in endOf),
      })),
    )
    .toSorted((a, b) => (b.askedAt ?? '').localeCompare(a.askedAt ?? '') || b.refundId.localeCompare(a.refundId));
};

const State = ({ status }: Pick<Refund, 'status'>) => {
  switch (status) {
    case 'pending':
      return <MarkBadge mark="pending">Requested</MarkBadge>;
    case 'done':
      return (
        <Badge icon={Undo2} tone="good">
          Done
        </Badge>
      );
    case 'failed':
      return (
        <Badge icon={CircleX} tone="bad">
          Failed
        </Badge>
      );
  }
};

const Words = ({ refund }: { readonly refund: Refund }) => {
  const card = cardWords(refund.payment.method);
  switch (refund.status) {
    case 'pending':
      return <>We have asked for the money to go back to {card}. It counts once the bank has answered.</>;
    case 'done':
      return <>Went back to {card}. Your bank mostly shows it within five working days.</>;
    case 'failed':
      return <>It did not reach {card}. We are looking into it; you need not do anything.</>;
  }
};

/** Each refund, the newest first, and how far it is. What the bank has not answered yet stands in pencil. */
export const OrderRefunds = ({ waybill, entries }: OrderRefundsProps) => {
  const refunds = refundsOf(waybill, entries);
  if (refunds.length === 0) return null;
  return (
    <section aria-label="Refunds" className="mt-10">
      <h2 className="text-section">{refunds.length === 1 ? 'Refund' : `${refunds.length} refunds`}</h2>
      <ul className="mt-2 border-rule border-t">
        {refunds.map((refund) => {
          const { refundId, status, amountMinor, payment } = refund;
          const at = refund.endedAt ?? refund.askedAt;
          return (
            <li key={refundId} className="border-rule border-b">
              <div className={cn('py-3', status === 'pending' && ['pl-3', pendingEdge(true)])}>
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <State status={status} />
                  <Money
                    minor={amountMinor}
                    currency={payment.currency}
                    className={cn('font-medium', status === 'pending' && 'text-pencil')}
                  />
                  {at && (
                    <span className="text-desk text-muted sm:ml-auto">
                      {refund.endedAt ? '' : 'Requested '}
                      <Time at={at} quiet />
                    </span>
                  )}
                </div>
                <p className="mt-1 text-desk text-muted">
                  <Words refund={refund} />
                </p>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
