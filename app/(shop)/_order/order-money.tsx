import { type ExistingPayment, paymentStatus } from '#domain/payment/state.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { Money } from '../../_ui/money.tsx';
import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import { cardWords } from './card-words.ts';

const PaymentPart = ({ payment }: { readonly payment: ExistingPayment }) => {
  // What failed took nothing off; beside the parcels it says so.
  const refunds = Object.entries(payment.refunds).filter(([, { status }]) => status !== 'failed');
  return (
    <li className="py-1.5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge axis="payment" state={paymentStatus(payment)} />
        <span>{cardWords(payment.method)}</span>
        <Money minor={payment.requestedMinor} currency={payment.currency} className="ml-auto" />
      </div>
      {refunds.map(([refundId, { status, amountMinor }]) => (
        <div key={refundId} className="mt-1 flex flex-wrap items-center gap-x-3 text-muted">
          {status === 'pending' ? <MarkBadge mark="pending">Refund requested</MarkBadge> : 'Refunded'}
          <Money
            minor={-amountMinor}
            currency={payment.currency}
            className={status === 'pending' ? 'ml-auto text-pencil' : 'ml-auto'}
          />
        </div>
      ))}
    </li>
  );
};

/** On the receipt's foot: the card, how far its money has moved, and what went back. */
export const OrderMoney = ({ waybill }: { readonly waybill: Waybill }) => {
  const payments = Object.values(waybill.payments).toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1));
  if (payments.length === 0) return null;
  return (
    <ul aria-label="Payment" className="mt-3 border-rule border-t pt-2">
      {payments.map((payment) => (
        <PaymentPart key={payment.paymentId} payment={payment} />
      ))}
    </ul>
  );
};
