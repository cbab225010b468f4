import { Undo2 } from 'lucide-react';
import { type ExistingPayment, type Movement, paymentStatus } from '#domain/payment/state.ts';
import { Money } from '../../_ui/money.tsx';
import { Badge, MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import type { OrderPartProps } from './order-part.ts';
import { Section } from './section.tsx';
import { methodWords } from './words.ts';

interface MovementRowProps {
  readonly what: string;
  readonly movement: Movement;
  readonly currency: string;
  readonly back?: boolean;
}

/** Money that moved, moves, or did not: a pending one stays in pencil until the gateway has answered. */
const MovementRow = ({ what, movement, currency, back }: MovementRowProps) => (
  <li className="flex items-center gap-3 py-0.5 pl-4 text-muted">
    <span>{what}</span>
    {movement.status === 'pending' && <MarkBadge mark="pending">{what} pending</MarkBadge>}
    {movement.status === 'failed' && (
      <Badge icon={Undo2} tone="bad">
        {what} failed
      </Badge>
    )}
    <Money
      minor={back ? -movement.amountMinor : movement.amountMinor}
      currency={currency}
      className={movement.status === 'pending' ? 'ml-auto text-pencil' : 'ml-auto'}
    />
  </li>
);

const PaymentRow = ({ payment }: { readonly payment: ExistingPayment }) => (
  <li className="border-rule border-b py-2">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <StatusBadge axis="payment" state={paymentStatus(payment)} />
      <span className="font-medium">{methodWords(payment.method)}</span>
      {payment.status === 'declined' && <span className="text-bad">{payment.declineCode.replaceAll('_', ' ')}</span>}
      <Money minor={payment.requestedMinor} currency={payment.currency} className="ml-auto font-medium" />
    </div>
    {(Object.keys(payment.captures).length > 0 || Object.keys(payment.refunds).length > 0) && (
      <ul className="mt-1">
        {Object.entries(payment.captures).map(([id, movement]) => (
          <MovementRow key={id} what="Capture" movement={movement} currency={payment.currency} />
        ))}
        {Object.entries(payment.refunds).map(([id, movement]) => (
          <MovementRow key={id} what="Refund" movement={movement} currency={payment.currency} back />
        ))}
      </ul>
    )}
  </li>
);

/** What a change that waits will ask of the bank, or give back. */
const PendingChange = ({ order: { amendment, currency } }: Pick<OrderPartProps, 'order'>) => {
  if (!amendment || (amendment.chargeMinor === 0 && amendment.refundMinor === 0)) return null;
  const { chargeMinor, refundMinor } = amendment;
  const what = chargeMinor > 0 ? 'To be charged for the change' : 'To be given back for the change';
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-rule border-b py-2">
      <MarkBadge mark="pending">Change pending</MarkBadge>
      <span>{what}</span>
      <Money
        minor={chargeMinor > 0 ? chargeMinor : -refundMinor}
        currency={currency}
        className="ml-auto font-medium text-pencil"
      />
    </li>
  );
};

/** Each payment with what was taken and given back. */
export const OrderPayments = ({ waybill, order }: OrderPartProps) => {
  const payments = Object.values(waybill.payments).toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1));
  return (
    <Section title="Payments and refunds" lead={payments.length > 1 ? payments.length : undefined}>
      {payments.length === 0 ? (
        <p className="py-2 text-muted">Nothing was asked for yet.</p>
      ) : (
        <ul>
          {payments.map((payment) => (
            <PaymentRow key={payment.paymentId} payment={payment} />
          ))}
          <PendingChange order={order} />
        </ul>
      )}
    </Section>
  );
};
