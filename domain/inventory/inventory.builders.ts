import { candle, lineIdOf, orderIdOf, porto, rotterdam, uuid } from '../shared/ids.builders.ts';
import type { WarehouseCode } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import type { InventoryCommand } from './decide.ts';
import type { InventoryEvent, Placement } from './events.ts';

type Of<Type extends InventoryEvent['type']> = Extract<InventoryEvent, { type: Type }>;
type Command<Type extends InventoryCommand['type']> = Extract<InventoryCommand, { type: Type }>;

const sku = candle;
/** Buyer `n` is line `n` of order `n`. */
const forBuyer = (buyer: number) => ({ sku, orderId: orderIdOf(buyer), lineId: lineIdOf(buyer) });
const total = (placements: readonly Placement[]) => sum(placements.map(({ quantity }) => quantity));

export const expiresAt = '2026-11-14T09:15:00.000Z';
export const inPorto = (quantity: number): Placement => ({ warehouse: porto, quantity });
export const inRotterdam = (quantity: number): Placement => ({ warehouse: rotterdam, quantity });

export const received = (quantity: number, warehouse: WarehouseCode = porto): Of<'StockReceived'> => ({
  type: 'StockReceived',
  sku,
  warehouse,
  quantity,
});
export const adjusted = (delta: number, warehouse: WarehouseCode = porto): Of<'StockAdjusted'> => ({
  type: 'StockAdjusted',
  sku,
  warehouse,
  delta,
  reason: 'Counted',
});
export const reserved = (buyer: number, quantity: number, onShelf: readonly Placement[]): Of<'StockReserved'> => ({
  type: 'StockReserved',
  ...forBuyer(buyer),
  quantity,
  expiresAt,
  onShelf: [...onShelf],
});
export const reservationRejected = (
  buyer: number,
  requested: number,
  available: number,
): Of<'StockReservationRejected'> => ({
  type: 'StockReservationRejected',
  ...forBuyer(buyer),
  requested,
  available,
});
export const reservationReleased = (buyer: number, quantity: number): Of<'ReservationReleased'> => ({
  type: 'ReservationReleased',
  ...forBuyer(buyer),
  quantity,
  reason: 'Card declined',
});
export const reservationExpired = (buyer: number, quantity: number): Of<'ReservationExpired'> => ({
  type: 'ReservationExpired',
  ...forBuyer(buyer),
  quantity,
});
export const allocated = (buyer: number, ...placements: Placement[]): Of<'StockAllocated'> => ({
  type: 'StockAllocated',
  ...forBuyer(buyer),
  quantity: total(placements),
  placements,
});
export const allocationReleased = (
  buyer: number,
  placements: Placement[],
  restock = true,
): Of<'AllocationReleased'> => ({
  type: 'AllocationReleased',
  ...forBuyer(buyer),
  quantity: total(placements),
  placements,
  restock,
});
export const stockShipped = (buyer: number, { warehouse, quantity }: Placement): Of<'StockShipped'> => ({
  type: 'StockShipped',
  ...forBuyer(buyer),
  warehouse,
  quantity,
});
export const lowStock = (available: number, threshold: number): Of<'LowStockReached'> => ({
  type: 'LowStockReached',
  sku,
  available,
  threshold,
});
export const safetyStockSet = (threshold: number): Of<'SafetyStockSet'> => ({ type: 'SafetyStockSet', sku, threshold });

export const receive = (quantity: number, warehouse: WarehouseCode = porto): Command<'ReceiveStock'> => ({
  type: 'ReceiveStock',
  sku,
  warehouse,
  quantity,
});
export const adjust = (delta: number, warehouse: WarehouseCode = porto): Command<'AdjustStock'> => ({
  type: 'AdjustStock',
  sku,
  warehouse,
  delta,
  reason: 'Counted',
});
export const reserve = (buyer: number, quantity: number): Command<'ReserveStock'> => ({
  type: 'ReserveStock',
  ...forBuyer(buyer),
  quantity,
  expiresAt,
});
export const reserveMore = (buyer: number, quantity: number): Command<'ReserveMoreStock'> => ({
  type: 'ReserveMoreStock',
  ...forBuyer(buyer),
  quantity,
  expiresAt,
});
export const releaseReservation = (buyer: number): Command<'ReleaseReservation'> => ({
  type: 'ReleaseReservation',
  ...forBuyer(buyer),
  reason: 'Card declined',
});
export const expireReservation = (buyer: number, now = expiresAt): Command<'ExpireReservation'> => ({
  type: 'ExpireReservation',
  ...forBuyer(buyer),
  now,
});
export const allocate = (buyer: number, ...preferred: WarehouseCode[]): Command<'AllocateStock'> => ({
  type: 'AllocateStock',
  ...forBuyer(buyer),
  preferred,
});
export const releaseAllocation = (
  buyer: number,
  placements: readonly Placement[] | null = null,
  restock = true,
): Command<'ReleaseAllocation'> => ({ type: 'ReleaseAllocation', ...forBuyer(buyer), placements, restock });
export const shipStock = (buyer: number, { warehouse, quantity }: Placement): Command<'ShipStock'> => ({
  type: 'ShipStock',
  ...forBuyer(buyer),
  warehouse,
  quantity,
});
export const setSafetyStock = (threshold: number): Command<'SetSafetyStock'> => ({
  type: 'SetSafetyStock',
  sku,
  threshold,
});
export const stockReturned = (
  buyer: number,
  { warehouse, quantity }: Placement,
  disposition: 'restock' | 'damaged' = 'restock',
): Of<'StockReturned'> => ({
  type: 'StockReturned',
  ...forBuyer(buyer),
  warehouse,
  returnId: uuid(901),
  quantity,
  disposition,
});
export const returnStock = (
  buyer: number,
  { warehouse, quantity }: Placement,
  disposition: 'restock' | 'damaged' = 'restock',
): Command<'ReturnStock'> => ({
  type: 'ReturnStock',
  ...forBuyer(buyer),
  warehouse,
  returnId: uuid(901),
  quantity,
  disposition,
});
