import { Package } from 'lucide-react';
import { sum } from '#domain/shared/money.ts';
import { liveFulfillments } from '#domain/waybill/state.ts';
import { Sku } from '../../_ui/identifier.tsx';
import { Money } from '../../_ui/money.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import type { OrderPartProps } from './order-part.ts';
import { Section } from './section.tsx';

const gone = new Set(['shipped', 'delivered', 'delivery_failed']);

interface TotalProps {
  readonly label: string;
  readonly minor: number;
  readonly currency: string;
  readonly strong?: boolean;
}

const Total = ({ label, minor, currency, strong }: TotalProps) => (
  <div className={strong ? 'flex justify-between gap-6 font-semibold' : 'flex justify-between gap-6 text-muted'}>
    <dt>{label}</dt>
    <dd>
      <Money minor={minor} currency={currency} />
    </dd>
  </div>
);

/** What was ordered, and how the total comes about. */
export const OrderLines = ({ order, waybill, format }: OrderPartProps) => {
  const { lines, totals, currency, discount } = order;
  const ordered = sum(lines.map(({ quantity }) => quantity));
  const fulfillments = liveFulfillments(waybill);
  const sent = sum(
    fulfillments.filter(({ status }) => gone.has(status)).flatMap((each) => each.lines.map(({ quantity }) => quantity)),
  );
  const houses = [...new Set(fulfillments.map(({ warehouse }) => format.warehouse(warehouse)))];
  return (
    <Section
      title="Lines"
      lead={`${ordered - sent} of ${ordered} unfulfilled`}
      trail={
        houses.length === 0 ? undefined : `${houses.join(', ')} ${houses.length === 1 ? 'warehouse' : 'warehouses'}`
      }
    >
      <ul>
        {lines.map((line) => (
          <li
            key={line.lineId}
            className="grid grid-cols-[32px_minmax(0,1fr)_36px_72px] items-center gap-2.5 border-rule border-b py-1 sm:grid-cols-[32px_minmax(0,1fr)_64px_80px_80px]"
          >
            {line.picture ? (
              <ProductPicture picture={line.picture} hue={line.hue} shape="thumb" className="size-8" />
            ) : (
              <span className="flex size-8 items-center justify-center rounded-control bg-tint text-muted">
                <Package aria-hidden="true" className="size-4" />
              </span>
            )}
            <span className="min-w-0">
              <span className="block truncate" title={line.name}>
                {line.name}
              </span>
              <Sku value={line.sku} className="flex max-w-full truncate text-meta text-muted" copy="never" />
            </span>
            <span className="text-right tabular-nums">
              <span className="sr-only">Quantity </span>
              {line.quantity}
            </span>
            <Money minor={line.unitPriceMinor} currency={currency} className="text-right text-muted max-sm:hidden" />
            <Money minor={line.totalMinor} currency={currency} className="text-right font-medium" />
          </li>
        ))}
      </ul>
      <dl className="ml-auto flex max-w-64 flex-col gap-0.5 py-2">
        {totals.discountMinor > 0 && (
          <Total label={`Discount ${discount?.code ?? ''}`} minor={-totals.discountMinor} currency={currency} />
        )}
        <Total label={`Shipping, ${order.shippingMethod.name}`} minor={totals.shippingMinor} currency={currency} />
        <Total label="Total" minor={totals.grandTotalMinor} currency={currency} strong />
        {totals.taxMinor > 0 && <Total label="of it tax" minor={totals.taxMinor} currency={currency} />}
      </dl>
    </Section>
  );
};
