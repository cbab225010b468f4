'use client';

import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react';
import { allOrderColumns, defaultColumns, type OrderColumn, orderColumns } from '#domain/search/order-columns.ts';
import { type OrderSort, orderSorts } from '#domain/search/order-sorts.ts';
import { Button } from '../../_ui/button.tsx';
import { Checkbox } from '../../_ui/checkbox.tsx';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../_ui/popover.tsx';
import { Select } from '../../_ui/select.tsx';

interface ColumnsMenuProps {
  readonly columns: readonly OrderColumn[];
  readonly onColumns: (columns: readonly OrderColumn[]) => void;
  readonly sort: OrderSort;
  readonly onSort: (sort: OrderSort) => void;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export const sortWords: Readonly<Record<OrderSort, string>> = {
  '-placed': 'Newest first',
  placed: 'Oldest first',
  '-updated': 'Changed last first',
  updated: 'Changed longest ago first',
  '-total': 'Largest total first',
  total: 'Smallest total first',
  shipby: 'To be shipped soonest first',
  '-shipby': 'To be shipped latest first',
};

const moved = (columns: readonly OrderColumn[], from: number, by: -1 | 1): readonly OrderColumn[] => {
  const column = columns[from];
  return column === undefined ? columns : columns.toSpliced(from, 1).toSpliced(from + by, 0, column);
};

/** Which columns the list has, in which order, and what it is sorted by. */
export const ColumnsMenu = ({ columns, onColumns, sort, onSort, open, onOpenChange }: ColumnsMenuProps) => {
  const others = allOrderColumns.filter((column) => !columns.includes(column));
  const row = (column: OrderColumn) => (
    <Checkbox
      label={orderColumns[column].header}
      checked={columns.includes(column)}
      disabled={columns.length === 1 && columns.includes(column)}
      onCheckedChange={(checked) =>
        onColumns(checked === true ? [...columns, column] : columns.filter((one) => one !== column))
      }
    />
  );
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>
        <IconButton label="Columns and sort" size="sm">
          <Columns3 aria-hidden="true" />
        </IconButton>
      </PopoverTrigger>
      <PopoverContent
        aria-label="Columns and sort"
        align="end"
        className="flex max-h-(--radix-popover-content-available-height) flex-col gap-3 overflow-y-auto"
      >
        <div>
          <p className="pb-1 text-caption text-muted">Sort</p>
          <Select
            aria-label="Sort"
            value={sort}
            onValueChange={(value) => onSort(orderSorts.find((one) => one === value) ?? '-placed')}
            options={orderSorts.map((value) => ({ value, label: sortWords[value] }))}
            className="w-full"
          />
        </div>
        <div>
          <p className="pb-1 text-caption text-muted">
            Columns<span className="sm:hidden">: a phone shows the first four</span>
          </p>
          <ol aria-label="Columns of the list" className="-mx-1">
            {columns.map((column, at) => (
              <li key={column} className="flex min-h-control-sm items-center justify-between rounded-badge px-1">
                {row(column)}
                <span className="flex">
                  <IconButton
                    label={`Move ${orderColumns[column].header} up`}
                    size="sm"
                    disabled={at === 0}
                    onClick={() => onColumns(moved(columns, at, -1))}
                  >
                    <ArrowUp aria-hidden="true" />
                  </IconButton>
                  <IconButton
                    label={`Move ${orderColumns[column].header} down`}
                    size="sm"
                    disabled={at === columns.length - 1}
                    onClick={() => onColumns(moved(columns, at, 1))}
                  >
                    <ArrowDown aria-hidden="true" />
                  </IconButton>
                </span>
              </li>
            ))}
          </ol>
          {others.length > 0 && (
            <ul aria-label="More columns" className="-mx-1 mt-1 border-rule border-t pt-1">
              {others.map((column) => (
                <li key={column} className="flex min-h-control-sm items-center px-1">
                  {row(column)}
                </li>
              ))}
            </ul>
          )}
        </div>
        <Button size="sm" onClick={() => onColumns(defaultColumns)}>
          Back to the usual columns
        </Button>
      </PopoverContent>
    </Popover>
  );
};
