import { nothing, type WalkInputs } from '../testing/walk-input.ts';

const sku = 'TEA-POT-08';
const parked = { projection: 'order_status', version: 1, sourceKey: 'none' };

export const adminWalkInputs: WalkInputs = {
  warehouses: nothing,
  'fulfillment.list': () => ({}),
  'fulfillment.summary': () => ({}),
  'inventory.list': () => ({}),
  'inventory.ledger': () => ({ sku, measure: 'onHand', warehouse: null }),
  'inventory.receive': ({ freshId }) => ({ commandId: freshId(), sku, warehouse: 'OPO', quantity: 1 }),
  'inventory.adjust': ({ freshId }) => ({ commandId: freshId(), sku, warehouse: 'OPO', delta: 1, reason: 'Counted' }),
  'inventory.setSafetyStock': ({ freshId }) => ({ commandId: freshId(), sku, threshold: 3 }),
  'analytics.overview': () => ({ from: '2026-11-01', to: '2026-11-30', currency: 'EUR' }),
  'analytics.spans': nothing,
  'system.status': nothing,
  'system.pulse': nothing,
  'rebuild.request': () => ({ projections: ['inventory_view'] }),
  'rebuild.pause': () => ({ rebuildId: 1, paused: true }),
  'rebuild.cancel': () => ({ rebuildId: 1 }),
  'parked.retry': () => parked,
  'parked.skip': ({ freshId }) => ({ ...parked, fold: 'order_status', eventId: freshId(), reason: 'Made by a test' }),
  'work.retryEffect': ({ freshId }) => ({ effectId: freshId() }),
  'work.retryOrder': ({ freshId }) => ({ orderKey: freshId() }),
};
