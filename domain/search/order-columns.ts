import type { SortKey } from './order-sorts.ts';

type ColumnFacts = {
  readonly header: string;
  /** What pressing the head sorts by. */
  readonly sort?: SortKey;
};

/** What a list of orders can show, in the order in which it is offered. */
export const orderColumns = {
  number: { header: 'Order' },
  customer: { header: 'Customer' },
  needs: { header: 'Needs' },
  total: { header: 'Total', sort: 'total' },
  age: { header: 'Age', sort: 'placed' },
  updated: { header: 'Changed', sort: 'updated' },
  shipby: { header: 'Ship by', sort: 'shipby' },
  payment: { header: 'Payment' },
  fulfillment: { header: 'Fulfillment' },
  assignee: { header: 'Assignee' },
  tags: { header: 'Tags' },
  place: { header: 'Ship to' },
  warehouse: { header: 'Warehouse' },
  items: { header: 'Items' },
  paid: { header: 'Paid' },
  channel: { header: 'Channel' },
  reference: { header: 'Reference' },
} as const satisfies Record<string, ColumnFacts>;

export type OrderColumn = keyof typeof orderColumns;

export const isOrderColumn = (id: string): id is OrderColumn => Object.hasOwn(orderColumns, id);

export const allOrderColumns: readonly OrderColumn[] = Object.keys(orderColumns).filter(isOrderColumn);

export const defaultColumns: readonly OrderColumn[] = ['number', 'customer', 'needs', 'total', 'age'];

export const sortOfColumn = (column: OrderColumn): SortKey | undefined => {
  const facts: ColumnFacts = orderColumns[column];
  return facts.sort;
};
