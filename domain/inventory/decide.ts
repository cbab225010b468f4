import { accept, type Decision, reject, unreachable } from '../shared/decider.ts';
import type { LineId, OrderId, Sku, WarehouseCode } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import { lineIn } from './by-line.ts';
import { type InventoryEvent, type Placement, quantityMost, warehousesMost } from './events.ts';
import { availableQuantity, type Inventory, onShelf, shelves, type TrackedInventory } from './state.ts';

type ForLine = { readonly sku: Sku; readonly orderId: OrderId; readonly lineId: LineId };

export type ReceiveStock = {
  readonly type: 'ReceiveStock';
  readonly sku: Sku;
  readonly warehouse: WarehouseCode;
  readonly quantity: number;
};
export type AdjustStock = {
  readonly type: 'AdjustStock';
  readonly sku: Sku;
  readonly warehouse: WarehouseCode;
  readonly delta: number;
  readonly reason: string;
};
export type ReserveStock = ForLine & {
  readonly type: 'ReserveStock';
  readonly quantity: number;
  readonly expiresAt: string;
};
/** Beyond what is held for the line already: an amendment. That it came again is known by its command id alone. */
export type ReserveMoreStock = ForLine & {
  readonly type: 'ReserveMoreStock';
  readonly quantity: number;
  readonly expiresAt: string;
};
export type ReturnStock = ForLine & {
  readonly type: 'ReturnStock';
  readonly warehouse: WarehouseCode;
  readonly returnId: string;
  readonly quantity: number;
  readonly disposition: 'restock' | 'damaged';
};
export type ReleaseReservation = ForLine & { readonly type: 'ReleaseReservation'; readonly reason: string };
export type ExpireReservation = ForLine & { readonly type: 'ExpireReservation'; readonly now: string };
export type AllocateStock = ForLine & {
  readonly type: 'AllocateStock';
  /** Tried in this order; warehouses not named come last. */
  readonly preferred: readonly WarehouseCode[];
};
export type ReleaseAllocation = ForLine & {
  readonly type: 'ReleaseAllocation';
  /** Null: all of it. */
  readonly placements: readonly Placement[] | null;
  readonly restock: boolean;
};
export type ShipStock = ForLine & {
  readonly type: 'ShipStock';
  readonly warehouse: WarehouseCode;
  readonly quantity: number;
};
export type SetSafetyStock = { readonly type: 'SetSafetyStock'; readonly sku: Sku; readonly threshold: number };

export type InventoryCommand =
  | ReceiveStock
  | AdjustStock
  | ReserveStock
  | ReserveMoreStock
  | ReturnStock
  | ReleaseReservation
  | ExpireReservation
  | AllocateStock
  | ReleaseAllocation
  | ShipStock
  | SetSafetyStock;

export type InventoryRejection =
  | { readonly code: 'SkuUnknown' }
  | { readonly code: 'ReservationUnknown' }
  | { readonly code: 'ReservationNotExpired'; readonly expiresAt: string }
  | { readonly code: 'AllocationUnknown' }
  | { readonly code: 'StockInsufficient'; readonly available: number };

type InventoryDecision = Decision<InventoryEvent, InventoryRejection>;

/** Says so, once, when an event takes the available stock (by `taken`) to the safety stock or below. */
const withLowStockNotice = (state: TrackedInventory, event: InventoryEvent, taken: number): InventoryDecision => {
  const before = availableQuantity(state);
  const available = before - taken;
  const crossed = before > state.safetyStock && available <= state.safetyStock;
  return crossed
    ? accept(event, { type: 'LowStockReached', sku: state.sku, available, threshold: state.safetyStock })
    : accept(event);
};

const receiveStock = ({ sku, warehouse, quantity }: ReceiveStock): InventoryDecision =>
  accept({ type: 'StockReceived', sku, warehouse, quantity });

const adjustStock = ({ sku, warehouse, delta, reason }: AdjustStock, state: Inventory): InventoryDecision => {
  if (state.status === 'untracked') return reject({ code: 'SkuUnknown' });
  if (delta === 0) return accept();
  const level = state.levels[warehouse];
  const available = Math.min(availableQuantity(state), level ? onShelf(level) : 0);
  // Stock that is promised to buyers can't be adjusted away under them.
  if (available + delta < 0) return reject({ code: 'StockInsufficient', available });
  return withLowStockNotice(state, { type: 'StockAdjusted', sku, warehouse, delta, reason }, -delta);
};

const reserveStock = (command: ReserveStock, state: Inventory): InventoryDecision => {
  const { lineId } = command;
  // Delivered twice: the second is a no-op.
  if (state.status === 'tracked' && (lineIn(state.reservations, lineId) || lineIn(state.allocations, lineId)))
    return accept();
  return reserve(command, state);
};

/** What sourcing is told. It asks for enough, not for how much more: a shelf beyond what an event can say is as good. */
const shelvesAsSaid = (state: TrackedInventory): Placement[] =>
  shelves(state)
    .slice(0, warehousesMost)
    .map(({ warehouse, quantity }) => ({ warehouse, quantity: Math.min(quantity, quantityMost) }));

const reserve = (command: ReserveStock | ReserveMoreStock, state: Inventory): InventoryDecision => {
  const { sku, orderId, lineId, quantity, expiresAt } = command;
  // Whoever asked must hear of both refusals, so they are events.
  if (state.status === 'untracked')
    return accept({ type: 'StockReservationRejected', sku, orderId, lineId, requested: quantity, available: 0 });
  const available = availableQuantity(state);
  if (quantity > available)
    return accept({ type: 'StockReservationRejected', sku, orderId, lineId, requested: quantity, available });
  return withLowStockNotice(
    state,
    { type: 'StockReserved', sku, orderId, lineId, quantity, expiresAt, onShelf: shelvesAsSaid(state) },
    quantity,
  );
};

const releaseReservation = (command: ReleaseReservation, state: Inventory): InventoryDecision => {
  if (state.status === 'untracked') return reject({ code: 'SkuUnknown' });
  const { sku, orderId, lineId, reason } = command;
  const reservation = lineIn(state.reservations, lineId);
  if (!reservation) return accept();
  return accept({ type: 'ReservationReleased', sku, orderId, lineId, quantity: reservation.quantity, reason });
};

const expireReservation = (command: ExpireReservation, state: Inventory): InventoryDecision => {
  if (state.status === 'untracked') return reject({ code: 'SkuUnknown' });
  const { sku, orderId, lineId, now } = command;
  const reservation = lineIn(state.reservations, lineId);
  if (!reservation) return accept();
  if (Date.parse(now) < Date.parse(reservation.expiresAt))
    return reject({ code: 'ReservationNotExpired', expiresAt: reservation.expiresAt });
  return accept({ type: 'ReservationExpired', sku, orderId, lineId, quantity: reservation.quantity });
};

/** One warehouse that holds all of it, the first in the order of preference; else a split in that order. */
const place = (state: TrackedInventory, quantity: number, preferred: readonly WarehouseCode[]): Placement[] => {
  const rank = (code: WarehouseCode) => (preferred.includes(code) ? preferred.indexOf(code) : preferred.length);
  const candidates = shelves(state).toSorted((a, b) => rank(a.warehouse) - rank(b.warehouse));
  const whole = candidates.find((shelf) => shelf.quantity >= quantity);
  if (whole) return [{ warehouse: whole.warehouse, quantity }];
  const placements: Placement[] = [];
  let left = quantity;
  for (const shelf of candidates) {
    const taken = Math.min(left, shelf.quantity);
    if (taken > 0) placements.push({ warehouse: shelf.warehouse, quantity: taken });
    left -= taken;
  }
  return left === 0 ? placements : [];
};

const allocateStock = (command: AllocateStock, state: Inventory): InventoryDecision => {
  if (state.status === 'untracked') return reject({ code: 'SkuUnknown' });
  const { sku, orderId, lineId, preferred } = command;
  const reservation = lineIn(state.reservations, lineId);
  if (!reservation) return lineIn(state.allocations, lineId) ? accept() : reject({ code: 'ReservationUnknown' });
  const placements = place(state, reservation.quantity, preferred);
  // Can't happen while available ≥ 0: what is reserved lies on some shelf. Refused rather than guessed.
  if (placements.length === 0) return reject({ code: 'StockInsufficient', available: availableQuantity(state) });
  return accept({ type: 'StockAllocated', sku, orderId, lineId, quantity: reservation.quantity, placements });
};

const claimIn = (placements: readonly Placement[], warehouse: WarehouseCode): number =>
  sum(placements.filter((placement) => placement.warehouse === warehouse).map(({ quantity }) => quantity));

const releaseAllocation = (command: ReleaseAllocation, state: Inventory): InventoryDecision => {
  if (state.status === 'untracked') return reject({ code: 'SkuUnknown' });
  const { sku, orderId, lineId, restock } = command;
  const allocation = lineIn(state.allocations, lineId);
  if (!allocation) return accept();
  const placements = command.placements ?? allocation.placements;
  if (placements.length === 0) return accept();
  // A warehouse named twice counts with its sum.
  const wanted = (code: WarehouseCode) => claimIn(placements, code);
  if (placements.some(({ warehouse }) => wanted(warehouse) > claimIn(allocation.placements, warehouse)))
    return reject({ code: 'AllocationUnknown' });
  const quantity = sum(placements.map((placement) => placement.quantity));
  return accept({
    type: 'AllocationReleased',
    sku,
    orderId,
    lineId,
    quantity,
    placements: [...placements],
    restock,
  });
};

const shipStock = (command: ShipStock, state: Inventory): InventoryDecision => {
  if (state.status === 'untracked') return reject({ code: 'SkuUnknown' });
  const { sku, orderId, lineId, warehouse, quantity } = command;
  const claimed = claimIn(lineIn(state.allocations, lineId)?.placements ?? [], warehouse);
  if (quantity > claimed) return reject({ code: 'AllocationUnknown' });
  return accept({ type: 'StockShipped', sku, orderId, lineId, warehouse, quantity });
};

const returnStock = ({ type: _type, ...returned }: ReturnStock, state: Inventory): InventoryDecision =>
  state.status === 'untracked' ? reject({ code: 'SkuUnknown' }) : accept({ type: 'StockReturned', ...returned });

const setSafetyStock = (command: SetSafetyStock, state: Inventory): InventoryDecision => {
  if (state.status === 'untracked') return reject({ code: 'SkuUnknown' });
  if (state.safetyStock === command.threshold) return accept();
  return accept({ type: 'SafetyStockSet', sku: command.sku, threshold: command.threshold });
};

/** Decides one command against one SKU's stock. Pure. */
export const decide = (command: InventoryCommand, state: Inventory): InventoryDecision => {
  switch (command.type) {
    case 'ReceiveStock':
      return receiveStock(command);
    case 'AdjustStock':
      return adjustStock(command, state);
    case 'ReserveStock':
      return reserveStock(command, state);
    case 'ReserveMoreStock':
      return reserve(command, state);
    case 'ReturnStock':
      return returnStock(command, state);
    case 'ReleaseReservation':
      return releaseReservation(command, state);
    case 'ExpireReservation':
      return expireReservation(command, state);
    case 'AllocateStock':
      return allocateStock(command, state);
    case 'ReleaseAllocation':
      return releaseAllocation(command, state);
    case 'ShipStock':
      return shipStock(command, state);
    case 'SetSafetyStock':
      return setSafetyStock(command, state);
    default:
      return unreachable(command);
  }
};
