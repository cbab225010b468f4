'use client';

import Link from 'next/link';
import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Bin, OrderNumber, Sku } from '../../_ui/identifier.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Sheet, SheetContent } from '../../_ui/sheet.tsx';
import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { tierWords } from './filters.ts';
import { stockThereBySku } from './stock-there.ts';
import type { Fulfillment } from './use-fulfillments.ts';

const Lines = ({ row }: { readonly row: Fulfillment }) => {
  const there = new Map(stockThereBySku(row.lines, row.stock).map((entry) => [entry.sku, entry]));
  return (
    <table className="mt-6 w-full text-left">
      <caption className="pb-2 text-left font-semibold">Lines and what lies there</caption>
      <thead className="border-rule border-y bg-tint text-meta text-muted">
        <tr>
          <th scope="col" className="px-2 py-1.5 font-medium">
            Item
          </th>
          <th scope="col" className="px-2 py-1.5 text-right font-medium">
            Wanted
          </th>
          <th scope="col" className="px-2 py-1.5 text-right font-medium">
            Picked
          </th>
          <th scope="col" className="px-2 py-1.5 text-right font-medium">
            On hand
          </th>
        </tr>
      </thead>
      <tbody className="tabular-nums">
        {row.lines.map((line) => {
          const stock = there.get(line.sku);
          return (
            <tr key={line.lineId} className="border-rule border-b align-top">
              <th scope="row" className="px-2 py-2 font-normal">
                <span className="flex items-start gap-2.5">
                  {line.picture && (
                    <ProductPicture
                      picture={line.picture}
                      hue={line.hue ?? 215}
                      shape="thumb"
                      className="size-9 shrink-0"
                    />
                  )}
                  <span className="min-w-0">
                    <span className="block break-words">{line.name}</span>
                    <span className="flex flex-wrap gap-x-3 text-meta text-muted">
                      <Sku value={line.sku} copy="never" />
                      {line.bin && <Bin value={line.bin} copy="never" />}
                    </span>
                  </span>
                </span>
              </th>
              <td className="px-2 py-2 text-right">{formatCount(line.quantity)}</td>
              <td className="px-2 py-2 text-right">
                {formatCount(line.picked)}
                {line.missing > 0 && (
                  <span className="block text-bad text-meta">{formatCount(line.missing)} missing</span>
                )}
              </td>
              <td className="px-2 py-2 text-right">
                {stock?.usable === null || stock === undefined ? (
                  <span className="text-muted">not kept</span>
                ) : (
                  <span className={stock.state === 'short' ? 'font-semibold text-hold' : undefined}>
                    {formatCount(stock.usable)}
                    {stock.state === 'short' && <span className="block text-meta">short</span>}
                  </span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
};

interface FulfillmentSheetProps {
  readonly row: Fulfillment | null;
  readonly onClose: () => void;
}

/** One fulfillment: where it goes, by when, and what lies in its warehouse. */
export const FulfillmentSheet = ({ row, onClose }: FulfillmentSheetProps) => {
  const { nameOf } = useWarehouseNames();
  return (
    <Sheet open={row !== null} onOpenChange={(open) => !open && onClose()}>
      {row && (
        <SheetContent
          title={<OrderNumber value={row.orderNumber} copy="always" />}
          description={`${nameOf(row.warehouse)}, ${row.sourcing}`}
          footer={
            <div className="flex justify-end">
              <Button asChild>
                <Link href={`/support?order=${row.orderKey}`}>Open the order</Link>
              </Button>
            </div>
          }
        >
          <p className="flex flex-wrap gap-2 pb-4">
            <StatusBadge axis="fulfillment" state={row.status} />
            {row.mark && <MarkBadge mark={row.mark} />}
            {row.holds.map((hold) => (
              <MarkBadge key={hold} mark="hold">
                {hold}
              </MarkBadge>
            ))}
          </p>
          <RuledCells
            boxed
            columns={2}
            cells={[
              {
                id: 'customer',
                caption: 'Customer',
                value: row.customerName ?? 'erased',
                detail: `${tierWords[row.tier]} tier`,
              },
              {
                id: 'to',
                caption: 'Ship to',
                value: `${row.city}, ${row.country}`,
                detail: `${row.shippingMethodName} shipping`,
              },
              { id: 'leaves', caption: 'Leaves by', value: <Time at={row.shipBy} variant="exact" /> },
              { id: 'there', caption: 'With the customer by', value: <Time at={row.deliverBy} variant="promise" /> },
              { id: 'came', caption: 'Came to the warehouse', value: <Time at={row.createdAt} /> },
              {
                id: 'units',
                caption: 'Units',
                value: formatCount(row.units),
                detail: row.picker ? 'being picked' : undefined,
              },
            ]}
          />
          <Lines row={row} />
        </SheetContent>
      )}
    </Sheet>
  );
};
