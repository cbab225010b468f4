import type { WalkInputs } from '../testing/walk-input.ts';

export const supportWalkInputs: WalkInputs = {
  'order.addNote': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    noteId: freshId(),
    text: 'Called, no answer',
    visibility: 'internal',
  }),
};
