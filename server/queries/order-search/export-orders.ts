import type { Database } from '#db/clients.ts';
import { csvMark, toCsv } from '#domain/shared/csv.ts';
import { decimalOf } from '#domain/shared/minor-digits.ts';
import type { DeskOrder } from './order-row.ts';
import type { OrderSearch } from './page-sql.ts';
import { type OrderSearchCursor, searchOrders } from './search-orders.ts';

/** Rows that are in memory at a time. */
const pageSize = 500;

type Names = Readonly<Record<string, string>>;

const columns: readonly (readonly [header: string, cell: (order: DeskOrder, staff: Names) => string | number])[] = [
  ['Order', ({ orderNumber }) => orderNumber],
  ['Reference', ({ externalReference }) => externalReference ?? ''],
  ['Placed', ({ placedAt }) => placedAt],
  ['Changed', ({ updatedAt }) => updatedAt],
  ['Ship by', ({ shipBy }) => shipBy],
  ['Order status', ({ orderStatus }) => orderStatus],
  ['Payment status', ({ paymentStatus }) => paymentStatus],
  ['Fulfillment status', ({ fulfillmentStatus }) => fulfillmentStatus ?? ''],
  ['Holds', ({ holds }) => holds.join('; ')],
  ['Customer', ({ customerName }) => customerName ?? ''],
  ['Tier', ({ tier }) => tier],
  ['Channel', ({ channel }) => channel],
  ['City', ({ city }) => city],
  ['Country', ({ country }) => country],
  ['Warehouses', ({ warehouses }) => warehouses.join('; ')],
  ['Items', ({ itemCount }) => itemCount],
  ['Currency', ({ currency }) => currency],
  ['Total', ({ totalMinor, currency }) => decimalOf(totalMinor, currency)],
  ['Paid', ({ paidMinor, currency }) => decimalOf(paidMinor, currency)],
  ['Refunded', ({ refundedMinor, currency }) => decimalOf(refundedMinor, currency)],
  ['Tags', ({ tags }) => tags.join('; ')],
  ['Assignee', ({ assignee }, staff) => (assignee === null ? '' : (staff[assignee] ?? assignee))],
];

/** An order that changes while the file is made would come twice, or not at all. */
const stable = (search: OrderSearch): OrderSearch => ({
  ...search,
  sort: search.sort === 'updated' ? 'placed' : search.sort === '-updated' ? '-placed' : search.sort,
});

/** A search's orders as CSV, page by page. What is merely spelled alike is left out. */
export async function* exportOrders(
  runtime: { readonly sql: Database },
  asked: OrderSearch,
  staff: Names,
): AsyncGenerator<string> {
  const search = stable(asked);
  yield csvMark + toCsv([columns.map(([header]) => header)]);
  let after: OrderSearchCursor | null = null;
  do {
    const { items, likeFrom, next } = await searchOrders(runtime, search, after, pageSize);
    const found = items.slice(0, likeFrom ?? items.length);
    if (found.length > 0) yield toCsv(found.map((order) => columns.map(([, cell]) => cell(order, staff))));
    after = next;
  } while (after !== null);
}
