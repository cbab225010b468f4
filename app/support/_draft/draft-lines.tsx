'use client';

import { v7 } from 'uuid';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, Sku } from '#domain/shared/ids.ts';
import { type FoundProduct, ProductSearch } from '../../_catalog/product-search.tsx';
import { type FormLine, formOf } from './draft-form.ts';
import { DraftLine } from './draft-line.tsx';
import type { DraftOrderHandle } from './use-draft-order.ts';

interface DraftLinesProps {
  readonly draft: DraftOrderHandle;
  /** As it is saved; null for a new one. */
  readonly recorded: ExistingOrder | null;
  readonly problems: Readonly<Record<string, string>>;
}

/** The goods, and the search that finds them. What isn't saved has the dashed edge. */
export const DraftLines = ({ draft, recorded, problems }: DraftLinesProps) => {
  const { orderId, form, change, quote } = draft;
  const { lines } = form;
  const currency = quote.data?.currency ?? 'EUR';
  const savedLines = new Map(
    (recorded ? formOf(recorded).lines : []).map((line) => [line.lineId, JSON.stringify(line)]),
  );
  const left = new Map((quote.data?.lines ?? []).map(({ sku, available }) => [sku, available]));
  const put = (lineId: LineId, part: Partial<FormLine>) =>
    change({ lines: lines.map((line) => (line.lineId === lineId ? { ...line, ...part } : line)) });
  const add = ({ sku, name, picture, hue, priceMinor }: FoundProduct) => {
    const there = lines.find((line) => line.sku === sku);
    if (there) return put(there.lineId, { quantity: there.quantity + 1 });
    // The order's id in front: reservations are keyed by line over all orders.
    const lineId = `${orderId}:${v7()}` as LineId;
    const line = { lineId, sku: sku as Sku, name, picture, hue, catalogMinor: priceMinor, quantity: 1, price: null };
    change({ lines: [...lines, line] });
  };
  return (
    <fieldset className="min-w-0" data-part="products">
      <legend className="mb-1 font-semibold text-admin">Products</legend>
      {lines.length > 0 && (
        <ul aria-label="Lines of the order" className="border-rule border-t">
          {lines.map((line) => (
            <DraftLine
              key={line.lineId}
              line={line}
              currency={currency}
              isPending={savedLines.get(line.lineId) !== JSON.stringify(line)}
              available={left.get(line.sku) ?? null}
              problems={problems}
              onChange={(part) => put(line.lineId, part)}
              onRemove={() => change({ lines: lines.filter(({ lineId }) => lineId !== line.lineId) })}
            />
          ))}
        </ul>
      )}
      <ProductSearch onFound={add} />
      {problems.lines && (
        <p role="alert" className="mt-1.5 text-bad text-meta">
          {problems.lines}
        </p>
      )}
    </fieldset>
  );
};
