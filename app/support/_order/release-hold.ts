import type { Ran } from '../../_optimistic/use-waybill-command.ts';
import type { OrderPartProps } from './order-part.ts';
import { tellRan } from './tell-ran.ts';

type HeldOrder = Pick<OrderPartProps, 'desk' | 'order'>;

/** Several commands of one stroke, told as one: not done where one of them isn't. */
const together = (rans: readonly Ran[]): Ran =>
  rans.reduce((all, one) => {
    if (!all.ok || !one.ok) return all.ok ? one : all;
    const answered = Promise.all([all.answered, one.answered]).then(([first, second]) => first ?? second);
    return { ...one, answered };
  });

/** Releases one hold; undo places it again, for the same reason. */
export const releaseHold = ({ desk, order }: HeldOrder, holdId: string): void => {
  const { holds, orderNumber } = order;
  const reason = holds[holdId];
  if (reason === undefined) return;
  const isLast = Object.keys(holds).length === 1;
  tellRan(desk.releaseHold(holdId), {
    done: isLast ? `${orderNumber} released` : `A hold of ${orderNumber} released`,
    notDone: `${orderNumber} was not released.`,
    undo: () => desk.placeHold(reason),
  });
};

/** Releases an order of all its holds, as its row in the list does; undo places them again. */
export const releaseOrder = ({ desk, order }: HeldOrder): void => {
  const holds = Object.entries(order.holds);
  if (holds.length === 0) return;
  tellRan(together(holds.map(([holdId]) => desk.releaseHold(holdId))), {
    done: `${order.orderNumber} released`,
    notDone: `${order.orderNumber} was not released.`,
    undo: () => together(holds.map(([, reason]) => desk.placeHold(reason))),
  });
};
