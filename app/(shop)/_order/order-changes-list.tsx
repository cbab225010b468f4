import { CircleCheck, CircleX } from 'lucide-react';
import type { ExistingOrder } from '#domain/order/state.ts';
import { cn } from '../../_ui/cn.ts';
import { formatMoney } from '../../_ui/format.ts';
import { Money } from '../../_ui/money.tsx';
import { pendingEdge } from '../../_ui/pending.tsx';
import { Badge, MarkBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import { changesOf, type OrderChange } from './order-changes.ts';
import type { Entry } from './route-stops.ts';

const State = ({ state }: Pick<OrderChange, 'state'>) => {
  switch (state) {
    case 'pending':
      return <MarkBadge mark="pending">Change pending</MarkBadge>;
    case 'done':
      return (
        <Badge icon={CircleCheck} tone="good">
          Changed
        </Badge>
      );
    case 'declined':
      return (
        <Badge icon={CircleX} tone="bad">
          Not changed
        </Badge>
      );
  }
};

const wordsOf = ({ state, why, refundMinor }: OrderChange, currency: string): string | null => {
  switch (state) {
    case 'pending':
      return 'The order stays as it is until stock and bank have answered.';
    case 'declined':
      return `${why ?? ''} The order stayed as it was.`;
    case 'done':
      return refundMinor > 0 ? `${formatMoney(refundMinor, currency)} goes back to your card.` : null;
  }
};

interface OrderChangesListProps {
  readonly order: ExistingOrder;
  /** The newest first. */
  readonly entries: readonly Entry[];
}

/** Each change, the newest first: what it is, what it makes of the total, and whether it came through. */
export const OrderChangesList = ({ order, entries }: OrderChangesListProps) => {
  const changes = changesOf(order, entries);
  if (changes.length === 0) return null;
  return (
    <section aria-label="Changes" className="mt-10">
      <h2 className="text-section">{changes.length === 1 ? 'Change' : `${changes.length} changes`}</h2>
      <ul className="mt-2 border-rule border-t">
        {changes.map((change) => {
          const { id, state, at, what, beforeMinor, afterMinor } = change;
          const isPending = state === 'pending';
          const words = wordsOf(change, order.currency);
          return (
            <li key={id} className="border-rule border-b">
              <div className={cn('py-3', isPending && ['pl-3', pendingEdge(true)])}>
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <State state={state} />
                  {beforeMinor !== afterMinor && state !== 'declined' && (
                    <span className={cn('settle', isPending && 'text-pencil')}>
                      <s className="text-muted">
                        <span className="sr-only">before </span>
                        <Money minor={beforeMinor} currency={order.currency} />
                      </s>{' '}
                      <Money minor={afterMinor} currency={order.currency} className="font-medium" />
                    </span>
                  )}
                  <span className="text-desk text-muted sm:ml-auto">
                    <Time at={at} quiet />
                  </span>
                </div>
                <p className={cn('mt-1 break-words text-desk', isPending && 'text-pencil')}>{what.join('; ')}</p>
                {words && <p className="mt-1 text-desk text-muted">{words}</p>}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
