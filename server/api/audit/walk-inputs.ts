import { nothing, type WalkInputs } from '../testing/walk-input.ts';

export const auditWalkInputs: WalkInputs = {
  reference: nothing,
  'history.search': () => ({ order: 'WB-48213', type: 'OrderPlaced', time: 'business' }),
  'order.events': ({ orderId }) => ({ orderId }),
  'stock.list': () => ({ text: 'candle' }),
  'stock.ledger': () => ({ sku: 'HOM-CND-03', measure: 'available' }),
};
