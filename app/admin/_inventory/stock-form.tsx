'use client';

import { type FormEvent, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { commandIdSchema, skuSchema, warehouseCodeSchema } from '#domain/shared/ids.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Input } from '../../_ui/input.tsx';
import { Refused } from '../../_ui/pending.tsx';
import { Select } from '../../_ui/select.tsx';
import { notify } from '../../_ui/toast.tsx';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { adjustReasons } from './stock-words.ts';
import { useStockCommands } from './use-inventory.ts';

export type StockAct = 'receive' | 'adjust' | 'safety';

const wholeNumber = (text: string): number | null => {
  const plain = text.trim().replace('−', '-');
  return /^[+-]?\d{1,7}$/.test(plain) ? Number(plain) : null;
};

const problemOf = (act: StockAct, text: string): string | undefined => {
  const quantity = wholeNumber(text);
  if (quantity === null)
    return act === 'adjust' ? 'Enter a whole number, like −3 or 12' : 'Enter a whole number, like 12';
  if (act === 'receive' && quantity < 1) return 'Enter at least 1';
  if (act === 'adjust' && quantity === 0) return 'Enter a change other than 0';
  if (act === 'safety' && quantity < 0) return 'Enter 0 or more';
  return undefined;
};

const quantityLabels: Readonly<Record<StockAct, string>> = {
  receive: 'Units received',
  adjust: 'Change in units, minus for fewer',
  safety: 'Low at or below',
};

const actLabel = (act: StockAct, quantity: number | null): string => {
  if (act === 'receive') return quantity ? `Receive ${formatCount(quantity)}` : 'Receive stock';
  if (act === 'safety') return 'Set safety stock';
  return quantity ? `Adjust by ${quantity > 0 ? '+' : ''}${formatCount(quantity)}` : 'Adjust stock';
};

interface StockFormProps {
  readonly act: StockAct;
  readonly sku: string;
  readonly warehouse: string | null;
  readonly safetyStock: number;
  readonly onDone: () => void;
}

/** Receives or corrects one SKU's stock in one warehouse, or sets when it counts as low. */
export const StockForm = ({ act, sku, warehouse, safetyStock, onDone }: StockFormProps) => {
  const { warehouses, nameOf } = useWarehouseNames();
  const { receive, adjust, setSafetyStock } = useStockCommands();
  const [place, setPlace] = useState(warehouse ?? '');
  const [text, setText] = useState(act === 'safety' ? String(safetyStock) : '');
  const [reason, setReason] = useState(adjustReasons[0] ?? '');
  const [note, setNote] = useState('');
  const [touched, setTouched] = useState(false);
  // Kept over retries, so that a request whose answer was lost is not done twice; another request gets another.
  const [commandId, setCommandId] = useState(() => commandIdSchema.parse(uuidv7()));
  const quantity = wholeNumber(text);
  const problem = problemOf(act, text);
  const chosen = place || warehouses[0]?.code || '';
  const mutation = act === 'receive' ? receive : act === 'adjust' ? adjust : setSafetyStock;
  const changed = () => {
    mutation.reset();
    setCommandId(commandIdSchema.parse(uuidv7()));
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTouched(true);
    if (problem || quantity === null) {
      event.currentTarget.querySelector<HTMLInputElement>('input')?.focus();
      return;
    }
    const common = { commandId, sku: skuSchema.parse(sku) };
    const done = (words: string) => ({
      onSuccess: () => {
        notify(words);
        onDone();
      },
    });
    const where = warehouseCodeSchema.safeParse(chosen);
    if (act === 'safety')
      setSafetyStock.mutate(
        { ...common, threshold: quantity },
        done(`${sku} is low at ${formatCount(quantity)} or below.`),
      );
    else if (!where.success) return;
    else if (act === 'receive')
      receive.mutate(
        { ...common, warehouse: where.data, quantity },
        done(`${formatCount(quantity)} × ${sku} received in ${nameOf(chosen)}.`),
      );
    else
      adjust.mutate(
        {
          ...common,
          warehouse: where.data,
          delta: quantity,
          reason: note.trim() ? `${reason}: ${note.trim()}` : reason,
        },
        done(`Stock of ${sku} in ${nameOf(chosen)} corrected by ${formatCount(quantity)}.`),
      );
  };

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {act !== 'safety' && (
        <Field label="Warehouse">
          <Select
            value={chosen}
            onValueChange={(value) => {
              setPlace(value);
              changed();
            }}
            options={warehouses.map(({ code, city }) => ({ value: code, label: city }))}
          />
        </Field>
      )}
      <Field label={quantityLabels[act]} error={touched ? problem : undefined} required>
        <Input
          inputMode={act === 'adjust' ? 'text' : 'numeric'}
          autoComplete="off"
          value={text}
          onBlur={({ relatedTarget }) => {
            // The message would move the button away under the pointer that is pressing it.
            if (text !== '' && relatedTarget?.getAttribute('type') !== 'submit') setTouched(true);
          }}
          onChange={(event) => {
            setText(event.target.value);
            changed();
          }}
        />
      </Field>
      {act === 'adjust' && (
        <>
          <Field label="Reason" required>
            <Select
              value={reason}
              onValueChange={(value) => {
                setReason(value);
                changed();
              }}
              options={adjustReasons.map((value) => ({ value, label: value }))}
            />
          </Field>
          <Field label="Note (optional)" hint="Kept with the event; nobody can erase it.">
            <Input
              maxLength={140}
              value={note}
              onChange={(event) => {
                setNote(event.target.value);
                changed();
              }}
            />
          </Field>
        </>
      )}
      {mutation.isError && <Refused reason={wordsOf(mutation.error)} />}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button variant="primary" type="submit" busy={mutation.isPending}>
          {actLabel(act, quantity)}
        </Button>
      </div>
    </form>
  );
};
