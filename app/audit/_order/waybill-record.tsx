import type { ReactNode } from 'react';
import { type ExistingPayment, paymentStatus } from '#domain/payment/state.ts';
import { isErased, revealed } from '#domain/shared/personal.ts';
import type { Change } from '#domain/waybill/changes.ts';
import type { EventFormat } from '#domain/waybill/event-words.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { summarize } from '#domain/waybill/summary.ts';
import { cn } from '../../_ui/cn.ts';
import { Sku, TrackingNumber } from '../../_ui/identifier.tsx';
import { Money } from '../../_ui/money.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { OrderBadges, StatusBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import { channelWords, erasedWord, methodWords, tierWords } from '../../support/_order/words.ts';

interface WaybillRecordProps {
  /** "As of 14 Nov 2026 09:00:00 UTC", "Today". */
  readonly title: ReactNode;
  readonly waybill: Waybill;
  /** The state beside it, and what differs between the two; null and empty when nothing is compared. */
  readonly other: Waybill | null;
  readonly changes: readonly Change[];
  readonly format: EventFormat;
}

interface MarkedProps {
  readonly when: boolean;
  /** The value is a badge, with a ground of its own. */
  readonly badge?: boolean;
  readonly children: ReactNode;
}

/** A value that differs from the one in the other column. */
const Marked = ({ when, badge, children }: MarkedProps) =>
  when ? (
    <span className="inline-flex max-w-full flex-wrap items-center gap-x-2">
      {badge ? children : <mark className="-mx-1 rounded-badge bg-hold-bg px-1 text-ink">{children}</mark>}
      <span className="font-medium text-hold text-meta">changed</span>
    </span>
  ) : (
    children
  );

interface PartProps {
  readonly title: string;
  readonly children: ReactNode;
}

const Part = ({ title, children }: PartProps) => (
  <section className="border-rule border-b px-4 py-2">
    <h3 className="py-1 font-semibold">{title}</h3>
    {children}
  </section>
);

const Payment = ({ payment, changed }: { readonly payment: ExistingPayment; readonly changed: boolean }) => (
  <li className="py-1.5">
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Marked badge when={changed}>
        <StatusBadge axis="payment" state={paymentStatus(payment)} />
      </Marked>
      <span>{methodWords(payment.method)}</span>
      <Money minor={payment.requestedMinor} currency={payment.currency} className="ml-auto" />
    </div>
    {[...Object.entries(payment.captures), ...Object.entries(payment.refunds)].length > 0 && (
      <ul className="text-muted">
        {(['captures', 'refunds'] as const).flatMap((kind) =>
          Object.entries(payment[kind]).map(([id, movement]) => (
            <li key={id} className="flex gap-3">
              <span>
                {kind === 'captures' ? 'Capture' : 'Refund'} {movement.status}
              </span>
              <Money
                minor={kind === 'captures' ? movement.amountMinor : -movement.amountMinor}
                currency={payment.currency}
                className="ml-auto"
              />
            </li>
          )),
        )}
      </ul>
    )}
  </li>
);

/** The order's page as it stood: drawn from a fold, so that any instant looks like today. */
export const WaybillRecord = ({ title, waybill, other, changes, format }: WaybillRecordProps) => {
  const { order } = waybill;
  const summary = summarize(waybill);
  const beside = other && summarize(other);
  const differs = (...path: readonly string[]): boolean =>
    changes.some((change) =>
      path.every((key, index) => change.path[index] === undefined || change.path[index] === key),
    );
  if (order.status === 'absent' || !summary)
    return (
      <div className="min-w-0">
        <h2 className="px-4 py-3 font-semibold">{title}</h2>
        <p className="px-4 pb-6 text-muted">Nothing stood yet: the order was placed later.</p>
      </div>
    );
  const { currency, shipTo, totals } = order;
  const street = revealed(shipTo.recipient, (recipient) => `${recipient.name}, ${recipient.street}`, erasedWord);
  const place = [street, `${shipTo.postalCode} ${shipTo.city}`.trim(), shipTo.country].filter(Boolean).join(', ');
  const figure = (minor: number, differing: boolean) => (
    <Marked when={differing}>
      <Money minor={minor} currency={currency} />
    </Marked>
  );
  const summed = (id: 'authorizedMinor' | 'paidMinor' | 'refundedMinor') =>
    figure(summary[id], other !== null && (beside?.[id] ?? 0) !== summary[id]);
  const payments = Object.values(waybill.payments).toSorted((a, b) => (a.paymentId < b.paymentId ? -1 : 1));
  const fulfillments = Object.values(waybill.fulfillments).toSorted((a, b) =>
    a.fulfillmentId < b.fulfillmentId ? -1 : 1,
  );
  const holds = Object.entries(order.holds);
  return (
    <div className="min-w-0">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2.5">
        <h2 className="font-semibold">{title}</h2>
        <span className={other === null ? 'ml-auto' : 'w-full'}>
          <OrderBadges
            order={summary.orderStatus}
            payment={summary.paymentStatus}
            {...(summary.fulfillmentStatus ? { fulfillment: summary.fulfillmentStatus } : {})}
          />
        </span>
      </header>
      <RuledCells
        columns={2}
        className="border-rule border-y"
        cells={[
          {
            id: 'status',
            caption: 'Order',
            value: (
              <Marked badge when={differs('order', 'status')}>
                <StatusBadge axis="order" state={summary.orderStatus} />
              </Marked>
            ),
            detail: `${channelWords[order.channel]}, ${order.shippingMethod.name}`,
          },
          {
            id: 'customer',
            caption: 'Customer',
            value: (
              <Marked when={differs('order', 'contact')}>
                {revealed(order.contact, ({ name }) => name, erasedWord)}
              </Marked>
            ),
            detail: `${isErased(order.contact) ? erasedWord : order.contact.email}, ${tierWords[order.tier]}`,
          },
          { id: 'to', caption: 'Ship to', value: <Marked when={differs('order', 'shipTo')}>{place}</Marked> },
          {
            id: 'promise',
            caption: 'Promised by',
            value: (
              <Marked when={differs('order', 'promise')}>
                <Time at={order.promise.deliverBy} variant="audit" />
              </Marked>
            ),
          },
          {
            id: 'total',
            caption: 'Total',
            value: figure(totals.grandTotalMinor, differs('order', 'totals', 'grandTotalMinor')),
          },
          { id: 'authorized', caption: 'Authorized', value: summed('authorizedMinor') },
          { id: 'paid', caption: 'Paid', value: summed('paidMinor') },
          { id: 'refunded', caption: 'Refunded', value: summed('refundedMinor') },
        ]}
      />
      {holds.length > 0 && (
        <Part title="Holds">
          <ul>
            {holds.map(([id, reason]) => (
              <li key={id}>
                <Marked when={differs('order', 'holds', id)}>{reason}</Marked>
              </li>
            ))}
          </ul>
        </Part>
      )}
      <Part title="Lines">
        <ul>
          {order.lines.map((line) => (
            <li key={line.lineId} className="flex items-baseline gap-3 py-1">
              <span className="min-w-0 flex-1">
                <span className="block truncate" title={line.name}>
                  {line.name}
                </span>
                <Sku value={line.sku} copy="never" className="text-meta text-muted" />
              </span>
              <span className="tabular-nums">
                <span className="sr-only">Quantity </span>
                <Marked when={differs('order', 'lines', line.lineId)}>{line.quantity}</Marked>
              </span>
              <Money minor={line.totalMinor} currency={currency} className="w-24 shrink-0 text-right" />
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Payments">
        {payments.length === 0 ? (
          <p className="text-muted">Nothing was asked for.</p>
        ) : (
          <ul>
            {payments.map((payment) => (
              <Payment key={payment.paymentId} payment={payment} changed={differs('payments', payment.paymentId)} />
            ))}
          </ul>
        )}
      </Part>
      <Part title="Fulfillments">
        {fulfillments.length === 0 ? (
          <p className="text-muted">No warehouse had it yet.</p>
        ) : (
          <ul>
            {fulfillments.map((fulfillment) => (
              <li key={fulfillment.fulfillmentId} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
                <Marked badge when={differs('fulfillments', fulfillment.fulfillmentId)}>
                  <StatusBadge axis="fulfillment" state={fulfillment.status} />
                </Marked>
                <span>{format.warehouse(fulfillment.warehouse)}</span>
                {'trackingNumber' in fulfillment && (
                  <TrackingNumber value={fulfillment.trackingNumber} className="ml-auto" />
                )}
              </li>
            ))}
          </ul>
        )}
      </Part>
      {order.notes.length > 0 && (
        <Part title="Notes">
          <ul>
            {order.notes.map((note) => (
              <li key={note.noteId} className={cn('break-words py-0.5')}>
                <Marked when={differs('order', 'notes', note.noteId)}>
                  {isErased(note.text) ? erasedWord : note.text}
                </Marked>
              </li>
            ))}
          </ul>
        </Part>
      )}
    </div>
  );
};
