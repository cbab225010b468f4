import { z } from 'zod';
import { lineIdSchema, orderIdSchema, skuSchema, warehouseCodeSchema } from '../shared/ids.ts';

const sku = skuSchema;
const warehouse = warehouseCodeSchema;
/** The most that an event says of one SKU. */
export const quantityMost = 10_000_000;
const quantity = z.int().min(1).max(quantityMost);
/** The most warehouses that an event names. */
export const warehousesMost = 50;
export const placementSchema = z.strictObject({ warehouse, quantity });
export type Placement = z.infer<typeof placementSchema>;
const forLine = { sku, orderId: orderIdSchema, lineId: lineIdSchema };

export const inventoryEventSchemas = {
  StockReceived: z.strictObject({ sku, warehouse, quantity }),
  StockReserved: z.strictObject({
    ...forLine,
    quantity,
    expiresAt: z.iso.datetime(),
    /** What lay unallocated in each warehouse just then: sourcing prefers one that has the whole order. */
    onShelf: z.array(placementSchema).max(warehousesMost),
  }),
  StockReservationRejected: z.strictObject({ ...forLine, requested: quantity, available: z.int().min(0) }),
  ReservationReleased: z.strictObject({ ...forLine, quantity, reason: z.string().max(200) }),
  ReservationExpired: z.strictObject({ ...forLine, quantity }),
  /** A reservation becomes a claim on named warehouses; the placements add up to it. */
  StockAllocated: z.strictObject({
    ...forLine,
    quantity,
    placements: z.array(placementSchema).min(1).max(warehousesMost),
  }),
  AllocationReleased: z.strictObject({
    ...forLine,
    quantity,
    placements: z.array(placementSchema).min(1).max(warehousesMost),
    /** False: the goods are not put back on sale, they become unavailable. */
    restock: z.boolean(),
  }),
  StockShipped: z.strictObject({ ...forLine, warehouse, quantity }),
  /** Came back from a customer; damaged goods are not put on sale. */
  StockReturned: z.strictObject({
    ...forLine,
    warehouse,
    returnId: z.uuid(),
    quantity,
    disposition: z.enum(['restock', 'damaged']),
  }),
  StockAdjusted: z.strictObject({
    sku,
    warehouse,
    delta: z.int().min(-10_000_000).max(10_000_000),
    reason: z.string().min(1).max(200),
  }),
  LowStockReached: z.strictObject({ sku, available: z.int().min(0), threshold: z.int().min(0) }),
  SafetyStockSet: z.strictObject({ sku, threshold: z.int().min(0) }),
} as const;

export type InventoryEvent = {
  [Type in keyof typeof inventoryEventSchemas]: { readonly type: Type } & z.infer<(typeof inventoryEventSchemas)[Type]>;
}[keyof typeof inventoryEventSchemas];
