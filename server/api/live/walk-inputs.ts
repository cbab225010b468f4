import { justOrder, type WalkInputs } from '../testing/walk-input.ts';

export const liveWalkInputs: WalkInputs = {
  order: justOrder,
  orders: ({ orderId }) => ({ orderIds: [orderId] }),
};
