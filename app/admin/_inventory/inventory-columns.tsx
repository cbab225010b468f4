import { TriangleAlert } from 'lucide-react';
import { type StockMeasure, stockMeasures } from '#domain/inventory/ledger.ts';
import { cn } from '../../_ui/cn.ts';
import type { Column } from '../../_ui/data-table.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Sku } from '../../_ui/identifier.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import type { WarehouseName } from '../_frame/warehouse-name.ts';
import { type InventoryItem, isLow, numberOf } from './item-numbers.ts';
import type { StockPlace } from './stock-sheet.tsx';
import { measureWords } from './stock-words.ts';

type Open = (item: InventoryItem, place: StockPlace) => void;

const StockNumber = ({
  item,
  place,
  what,
  onOpen,
}: {
  readonly item: InventoryItem;
  readonly place: StockPlace;
  readonly what: string;
  readonly onOpen: Open;
}) => {
  const value = numberOf(item, place.measure, place.warehouse);
  if (value === null) return <span className="text-muted">–</span>;
  return (
    // The keyboard opens the row with Enter and chooses the number there: nine tab stops a row would be a maze.
    <button
      type="button"
      tabIndex={-1}
      aria-label={`${what} of ${item.sku}: ${formatCount(value)}`}
      onClick={() => onOpen(item, place)}
      className={cn(
        '-my-1 -mr-1.5 inline-flex min-h-8 items-center rounded-control px-1.5 tabular-nums hover:bg-pick hover:underline',
        value === 0 && 'text-muted',
        place.measure === 'available' && 'font-semibold',
      )}
    >
      {formatCount(value)}
    </button>
  );
};

const measureWidths: Readonly<Record<StockMeasure, number>> = {
  onHand: 92,
  reserved: 96,
  allocated: 96,
  unavailable: 108,
  available: 112,
};

const product = (wide: boolean): Column<InventoryItem> => ({
  id: 'product',
  header: 'Product',
  width: 'fill',
  min: wide ? 220 : 150,
  cell: (item) => (
    <span className="flex items-center gap-2.5">
      {wide &&
        (item.picture ? (
          <ProductPicture picture={item.picture} hue={item.hue} shape="thumb" className="size-7 shrink-0" />
        ) : (
          <span aria-hidden="true" className="size-7 shrink-0 rounded-control bg-tint" />
        ))}
      <span className="truncate">{item.name ?? 'No longer in the catalog'}</span>
    </span>
  ),
});

const skuColumn: Column<InventoryItem> = {
  id: 'sku',
  header: 'SKU',
  width: 132,
  sortable: true,
  cell: (item) => <Sku value={item.sku} copy="never" />,
};

interface ColumnsOptions {
  readonly warehouse: string | null;
  readonly warehouses: readonly WarehouseName[];
  readonly wide: boolean;
  readonly onOpen: Open;
}

/** The five numbers of all warehouses, and what lies in each; or the five of one warehouse. */
export const inventoryColumns = (options: ColumnsOptions): readonly Column<InventoryItem>[] => {
  const { warehouse, warehouses, wide, onOpen } = options;
  const measure = (each: StockMeasure): Column<InventoryItem> => ({
    id: each,
    header: measureWords[each],
    width: measureWidths[each],
    align: 'right',
    sortable: each === 'available' && warehouse === null,
    cell: (item) => (
      <span className="inline-flex items-center gap-1.5">
        {each === 'available' && isLow(item) && (
          <TriangleAlert role="img" aria-label="Low stock" className="size-3.5 shrink-0 text-hold" />
        )}
        <StockNumber item={item} place={{ measure: each, warehouse }} what={measureWords[each]} onOpen={onOpen} />
      </span>
    ),
  });
  if (!wide) return [product(false), measure('onHand'), measure('available')];
  const inEach = warehouse === null ? warehouses : [];
  return [
    product(true),
    skuColumn,
    ...stockMeasures.map(measure),
    ...inEach.map(
      ({ code, city }): Column<InventoryItem> => ({
        id: `in-${code}`,
        header: city,
        width: 96,
        align: 'right',
        cell: (item) => (
          <StockNumber
            item={item}
            place={{ measure: 'onHand', warehouse: code }}
            what={`On hand in ${city}`}
            onOpen={onOpen}
          />
        ),
      }),
    ),
  ];
};
