import { formatCount } from '../../_ui/format.ts';

/** "3 orders"; one by its number. */
export const countOf = (orders: readonly { readonly orderNumber: string }[]): string => {
  const [first] = orders;
  return orders.length === 1 && first ? first.orderNumber : `${formatCount(orders.length)} orders`;
};
