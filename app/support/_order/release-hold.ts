import type { OrderPartProps } from './order-part.ts';
import { tellRan } from './tell-ran.ts';

/** Releases one hold; undo places it again, for the same reason. */
export const releaseHold = ({ desk, order }: Pick<OrderPartProps, 'desk' | 'order'>, holdId: string): void => {
  const { holds, orderNumber } = order;
  const reason = holds[holdId];
  if (reason === undefined) return;
  tellRan(desk.releaseHold(holdId), {
    done: `${orderNumber} released`,
    notDone: `${orderNumber} was not released.`,
    undo: () => desk.placeHold(reason),
  });
};
