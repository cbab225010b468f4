'use client';

import { useState } from 'react';
import { type StockMeasure, stockMeasures } from '#domain/inventory/ledger.ts';
import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Sku } from '../../_ui/identifier.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Select } from '../../_ui/select.tsx';
import { Sheet, SheetContent } from '../../_ui/sheet.tsx';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { fullestWarehouse, type InventoryItem, numberOf } from './item-numbers.ts';
import { type StockAct, StockForm } from './stock-form.tsx';
import { StockLedger } from './stock-ledger.tsx';
import { measureWords } from './stock-words.ts';

export type StockPlace = { readonly measure: StockMeasure; readonly warehouse: string | null };

const everywhere = 'all';
const titles: Readonly<Record<StockAct, string>> = {
  receive: 'Receive stock',
  adjust: 'Adjust stock',
  safety: 'Safety stock',
};

interface StockSheetProps {
  readonly item: InventoryItem | null;
  readonly place: StockPlace;
  readonly onPlace: (place: StockPlace) => void;
  readonly onClose: () => void;
}

/** One SKU: its numbers, the events of the chosen one, and what can be done about it. */
export const StockSheet = ({ item, place, onPlace, onClose }: StockSheetProps) => {
  const { warehouses, nameOf } = useWarehouseNames();
  const [act, setAct] = useState<StockAct | null>(null);
  const close = () => {
    setAct(null);
    onClose();
  };
  if (!item) return <Sheet open={false} />;
  const codes = [...new Set([...warehouses.map(({ code }) => code), ...Object.keys(item.levels)])];
  const { measure, warehouse } = place;
  return (
    <Sheet open onOpenChange={(open) => !open && close()}>
      <SheetContent
        title={item.name ?? item.sku}
        description={
          <>
            <Sku value={item.sku} copy="never" />, safety stock {formatCount(item.safetyStock)}
          </>
        }
        footer={
          act === null && (
            <div className="flex flex-wrap justify-end gap-2">
              {item.version > 0 && (
                <>
                  <Button onClick={() => setAct('safety')}>Safety stock</Button>
                  <Button onClick={() => setAct('adjust')}>Adjust stock</Button>
                </>
              )}
              <Button variant="primary" onClick={() => setAct('receive')}>
                Receive stock
              </Button>
            </div>
          )
        }
      >
        {act ? (
          <section aria-label={titles[act]}>
            <h3 className="pb-3 font-semibold">{titles[act]}</h3>
            <StockForm
              act={act}
              sku={item.sku}
              warehouse={warehouse ?? fullestWarehouse(item)}
              safetyStock={item.safetyStock}
              onDone={() => setAct(null)}
            />
          </section>
        ) : (
          <>
            <Select
              aria-label="Warehouse of these numbers"
              className="mb-3 w-48"
              value={warehouse ?? everywhere}
              onValueChange={(value) => onPlace({ measure, warehouse: value === everywhere ? null : value })}
              options={[
                { value: everywhere, label: 'All warehouses' },
                ...codes.map((code) => ({ value: code, label: nameOf(code) })),
              ]}
            />
            <RuledCells
              boxed
              columns={3}
              size="money"
              className="mb-5"
              cells={stockMeasures.map((each) => {
                const value = numberOf(item, each, warehouse);
                return {
                  id: each,
                  caption: measureWords[each],
                  value: value === null ? '–' : formatCount(value),
                  current: each === measure,
                  onPress: () => onPlace({ measure: each, warehouse }),
                };
              })}
            />
            <StockLedger
              key={`${measure} ${warehouse}`}
              sku={item.sku}
              measure={measure}
              warehouse={warehouse}
              shown={numberOf(item, measure, warehouse)}
            />
          </>
        )}
      </SheetContent>
    </Sheet>
  );
};
