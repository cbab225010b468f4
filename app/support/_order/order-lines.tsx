import type { ReactNode } from 'react';
import type { DomainEvent } from '#domain/events/registry.ts';
import { sum } from '#domain/shared/money.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import { LinePicture } from '../../_catalog/line-picture.tsx';
import { cn } from '../../_ui/cn.ts';
import { Sku } from '../../_ui/identifier.tsx';
import { Money } from '../../_ui/money.tsx';
import { Pending, pendingEdge } from '../../_ui/pending.tsx';
import type { OrderPartProps } from './order-part.ts';
import { Section } from './section.tsx';
import { lineMarks, type ShownLine, shownOrder } from './shown-lines.ts';

const gone = new Set(['shipped', 'delivered', 'delivery_failed']);

interface TotalProps {
  readonly label: string;
  readonly minor: number;
  readonly was: number;
  readonly currency: string;
  readonly strong?: boolean;
}

const Total = ({ label, minor, was, currency, strong }: TotalProps) => (
  <div className={strong ? 'flex justify-between gap-6 font-semibold' : 'flex justify-between gap-6 text-muted'}>
    <dt>{label}</dt>
    <dd className="whitespace-nowrap">
      <Pending pending={minor !== was} was={<Money minor={was} currency={currency} />}>
        <Money minor={minor} currency={currency} />
      </Pending>
    </dd>
  </div>
);

interface LineProps {
  readonly shown: ShownLine;
  readonly marks: readonly string[];
  /** Where its price was agreed on the phone: what it would have been, and why. */
  readonly agreed: string | undefined;
  readonly currency: string;
}

const changedWords = { kept: null, changed: null, added: 'To be added', removed: 'To be removed' } as const;

const Line = ({ shown: { line, was, state }, marks, agreed, currency }: LineProps) => {
  const isPending = state !== 'kept';
  const isRemoved = state === 'removed';
  const changing = (now: ReactNode, before: ReactNode, isOther: boolean) => (
    <Pending pending={isOther || state === 'added'} {...(isOther && was ? { was: before } : {})}>
      {now}
    </Pending>
  );
  const money = (minor: number) => <Money minor={minor} currency={currency} />;
  return (
    <li
      className={cn(
        'grid grid-cols-[32px_minmax(0,1fr)_44px_72px] items-center gap-2.5 border-rule border-b py-1 sm:grid-cols-[32px_minmax(0,1fr)_64px_88px_88px]',
        isPending && ['pl-2', pendingEdge(true)],
      )}
    >
      <LinePicture picture={line.picture} hue={line.hue} />
      <span className="min-w-0">
        <span className={cn('block truncate', isRemoved && 'text-muted line-through')} title={line.name}>
          {line.name}
        </span>
        <Sku value={line.sku} className="flex max-w-full truncate text-meta text-muted" copy="never" />
        {changedWords[state] && <span className="block text-meta text-pencil">{changedWords[state]}</span>}
        {marks.length > 0 && (
          <span className="block break-words text-meta text-muted">Amended: {marks.join('; ')}</span>
        )}
        {agreed !== undefined && <span className="block break-words text-meta text-muted">{agreed}</span>}
      </span>
      <span className="text-right tabular-nums">
        <span className="sr-only">Quantity </span>
        {isRemoved
          ? changing(0, line.quantity, true)
          : changing(line.quantity, was?.quantity, was !== null && was.quantity !== line.quantity)}
      </span>
      <span className="text-right text-muted max-sm:hidden">
        {changing(
          money(line.unitPriceMinor),
          money(was?.unitPriceMinor ?? 0),
          was !== null && was.unitPriceMinor !== line.unitPriceMinor,
        )}
      </span>
      <span className={cn('text-right font-medium', isRemoved && 'text-muted line-through')}>
        <span className={isPending && !isRemoved ? 'text-pencil' : undefined}>{money(line.totalMinor)}</span>
      </span>
    </li>
  );
};

/** The record of a price that was agreed before placing: the line says so itself. */
const isAgreement = (event: DomainEvent, order: OrderPartProps['order']): boolean =>
  event.type === 'OrderLinePriceOverridden' &&
  (order.overrides ?? []).some(
    ({ lineId, catalogPriceMinor }) => lineId === event.lineId && catalogPriceMinor === event.from,
  );

/** What was ordered, what is to become of it, and how the total comes about. */
export const OrderLines = ({ desk, order, waybill, recorded, format }: OrderPartProps) => {
  const { currency, discount, amendment, shippingMethod } = order;
  const { lines, totals, was } = shownOrder(order, recorded.order.status === 'absent' ? null : recorded.order);
  const history = (desk.history.data?.entries ?? []).map(({ event }) => event as DomainEvent).toReversed();
  const isDraft = order.status === 'draft' || order.status === 'discarded';
  const marks = lineMarks(
    history.filter((event) => !isAgreement(event, order)),
    format,
  );
  const agreed = new Map(
    (order.overrides ?? []).map(({ lineId, catalogPriceMinor, reason }) => [
      lineId,
      `Agreed price, ${format.money(catalogPriceMinor, currency)} in the catalog: ${reason}`,
    ]),
  );
  const ordered = sum(order.lines.map(({ quantity }) => quantity));
  const fulfillments = liveFulfillments(waybill);
  const sent = sum(
    fulfillments.filter(({ status }) => gone.has(status)).flatMap((each) => each.lines.map(({ quantity }) => quantity)),
  );
  const houses = [...new Set(fulfillments.map(({ warehouse }) => format.warehouse(warehouse)))];
  const code = (amendment?.discount ? amendment.discount.to : discount)?.code ?? discount?.code ?? '';
  return (
    <Section
      title="Lines"
      lead={isDraft ? 'Nothing is reserved yet' : `${ordered - sent} of ${ordered} unfulfilled`}
      trail={
        houses.length === 0 ? undefined : `${houses.join(', ')} ${houses.length === 1 ? 'warehouse' : 'warehouses'}`
      }
    >
      <ul>
        {lines.map((shown) => (
          <Line
            key={shown.line.lineId}
            shown={shown}
            marks={marks[shown.line.lineId] ?? []}
            agreed={agreed.get(shown.line.lineId)}
            currency={currency}
          />
        ))}
      </ul>
      <dl className="ml-auto flex max-w-72 flex-col gap-0.5 py-2">
        {(totals.discountMinor > 0 || was.discountMinor > 0) && (
          <Total
            label={`Discount ${code}`}
            minor={-totals.discountMinor}
            was={-was.discountMinor}
            currency={currency}
          />
        )}
        <Total
          label={`Shipping, ${amendment?.delivery?.method.name ?? shippingMethod.name}`}
          minor={totals.shippingMinor}
          was={was.shippingMinor}
          currency={currency}
        />
        <Total label="Total" minor={totals.grandTotalMinor} was={was.grandTotalMinor} currency={currency} strong />
        {(totals.taxMinor > 0 || was.taxMinor > 0) && (
          <Total label="of it tax" minor={totals.taxMinor} was={was.taxMinor} currency={currency} />
        )}
      </dl>
    </Section>
  );
};
