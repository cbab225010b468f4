import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const inventoryParsers = {
  q: parseAsString.withDefault(''),
  low: parseAsBoolean.withDefault(false),
  warehouse: parseAsString,
  order: parseAsStringLiteral(['sku', 'available'] as const).withDefault('sku'),
};

export type InventoryParams = {
  readonly q: string;
  readonly low: boolean;
  readonly order: 'sku' | 'available';
};

/** What the list is asked for. The warehouse only chooses which numbers are shown. */
export const inventoryInputOf = ({ q, low, order }: InventoryParams) => {
  const text = q.trim().slice(0, 80);
  return { order, ...(text === '' ? {} : { text }), ...(low ? { low } : {}) };
};
