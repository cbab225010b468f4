import { Ban, CircleCheck, CircleX, type LucideIcon, PackageSearch, PencilLine, Repeat2, Undo2 } from 'lucide-react';
import type { ExistingOrder } from '#domain/order/state.ts';
import { isErased } from '#domain/shared/personal.ts';
import { returnsOf, type WaybillReturn } from '#domain/waybill/returns.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { cn } from '../../_ui/cn.ts';
import { formatMoney } from '../../_ui/format.ts';
import { pendingEdge } from '../../_ui/pending.tsx';
import { Badge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import type { Tone } from '../../_ui/tones.ts';
import { type ReturnStage, stageOf } from './return-words.ts';
import type { Entry } from './route-stops.ts';

type Looks = { readonly word: string; readonly icon: LucideIcon; readonly tone: Tone };

const looks: Readonly<Record<ReturnStage['stage'], Looks>> = {
  requested: { word: 'Requested', icon: Undo2, tone: 'calm' },
  approved: { word: 'Approved', icon: CircleCheck, tone: 'move' },
  declined: { word: 'Declined', icon: CircleX, tone: 'bad' },
  received: { word: 'Received', icon: PackageSearch, tone: 'move' },
  refused: { word: 'Not accepted', icon: Ban, tone: 'bad' },
  unpaid: { word: 'Inspected', icon: CircleCheck, tone: 'good' },
  refunding: { word: 'Inspected', icon: CircleCheck, tone: 'move' },
  refunded: { word: 'Refunded', icon: Undo2, tone: 'good' },
  refund_failed: { word: 'Refund failed', icon: CircleX, tone: 'bad' },
  replacing: { word: 'Inspected', icon: CircleCheck, tone: 'move' },
  replaced: { word: 'Replaced', icon: Repeat2, tone: 'good' },
};

const wordsOf = (stage: ReturnStage, city: string, currency: string): string => {
  const amount = 'amountMinor' in stage && stage.amountMinor !== null ? formatMoney(stage.amountMinor, currency) : '';
  switch (stage.stage) {
    case 'requested':
      return 'We look at it and write to you. Please send nothing yet.';
    case 'approved':
      return `Send it back to our warehouse in ${city}. We write to you when it is there.`;
    case 'declined':
      return stage.why ? `We can’t take it back: ${stage.why}` : 'We can’t take it back.';
    case 'received':
      return `It is in ${city}, where we look at each item.`;
    case 'refused':
      return 'We could not accept what came back. It is sent to you again; nothing is refunded.';
    case 'unpaid':
      return 'All looked at. You paid nothing for it, so nothing is refunded.';
    case 'refunding':
      return amount === ''
        ? 'All looked at. The refund is next.'
        : `All looked at. ${amount} is going back to your card.`;
    case 'refunded':
      return `${amount} went back to your card.`;
    case 'refund_failed':
      return `${amount} did not reach your card. We are looking into it; you need not do anything.`;
    case 'replacing':
      return 'All looked at. We see whether there is another one to send.';
    case 'replaced':
      return 'The same is sent to you again, without a charge.';
  }
};

const contents = ({ lines, goods, status }: WaybillReturn, order: ExistingOrder): string => {
  // What came may be less than was announced.
  const counted = status === 'received' || status === 'inspected' ? (goods?.received ?? lines) : lines;
  return counted
    .map(({ lineId, sku, quantity }) => {
      const name = order.lines.find((line) => line.lineId === lineId)?.name ?? sku;
      return `${quantity} × ${name}`;
    })
    .join(', ');
};

const lastHeard = (returnId: string, entries: readonly Entry[]): Entry | undefined =>
  entries.find(({ event }) => 'returnId' in event && event.returnId === returnId);

interface OrderReturnsProps {
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  readonly cities: Readonly<Record<string, string>>;
  /** The newest first. */
  readonly entries: readonly Entry[];
}

/** Each return, the newest first, and how far it is. */
export const OrderReturns = ({ waybill, order, cities, entries }: OrderReturnsProps) => {
  const returns = returnsOf(waybill).toReversed();
  if (returns.length === 0) return null;
  return (
    <section aria-label="Returns" className="mt-10">
      <h2 className="text-section">{returns.length === 1 ? 'Return' : `${returns.length} returns`}</h2>
      <ul className="mt-2 border-rule border-t">
        {returns.map((asked) => {
          const stage = stageOf(asked, waybill, entries);
          const heard = lastHeard(asked.returnId, entries);
          const isPending = heard?.isPredicted === true;
          const { word, icon, tone } = looks[stage.stage];
          const warehouse = waybill.fulfillments[asked.fulfillmentId]?.warehouse ?? '';
          return (
            <li key={asked.returnId} className="border-rule border-b">
              <div className={cn('py-3', isPending && ['pl-3', pendingEdge(true)])}>
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <Badge icon={isPending ? PencilLine : icon} tone={isPending ? 'pencil' : tone}>
                    {word}
                  </Badge>
                  <span className={cn('min-w-0 break-words font-medium', isPending && 'text-pencil')}>
                    {contents(asked, order)}
                  </span>
                  {heard && (
                    <span className="text-desk text-muted sm:ml-auto">
                      <Time at={heard.occurredAt} quiet />
                    </span>
                  )}
                </div>
                <p className="mt-1 break-words text-desk text-muted">
                  {wordsOf(stage, cities[warehouse] ?? warehouse, order.currency)}
                </p>
                {!isErased(asked.reason) && (
                  <p className="mt-1 break-words text-desk text-muted">Because: “{asked.reason}”</p>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
