import { z } from 'zod';

/**
 * In small letters whatever was sent: text keys tell cases apart and uuid columns don't, so that two spellings of an id
 * would be two streams with one row.
 */
export const idSchema = z.uuid().toLowerCase();

/** Made by the client as uuidv7, so that a new order sorts by its age and a retry carries the same id. */
export const orderIdSchema = idSchema.brand<'OrderId'>();
export type OrderId = z.infer<typeof orderIdSchema>;

export const paymentIdSchema = idSchema.brand<'PaymentId'>();
export type PaymentId = z.infer<typeof paymentIdSchema>;

export const fulfillmentIdSchema = idSchema.brand<'FulfillmentId'>();
export type FulfillmentId = z.infer<typeof fulfillmentIdSchema>;

/** The key of exactly-once: the same command id again returns the first outcome. */
export const commandIdSchema = idSchema.brand<'CommandId'>();
export type CommandId = z.infer<typeof commandIdSchema>;

/**
 * Unique within the whole shop, not only within its order: reservations are keyed by it. A digit is required, so that
 * no line id can be the name of something that every object inherits, such as `constructor`.
 */
export const lineIdSchema = z
  .string()
  .regex(/^(?=.*\d)[A-Za-z0-9][A-Za-z0-9._:/#-]{0,79}$/)
  .brand<'LineId'>();
export type LineId = z.infer<typeof lineIdSchema>;

export const skuSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  .brand<'Sku'>();
export type Sku = z.infer<typeof skuSchema>;

/** A short code such as `PORTO`. */
export const warehouseCodeSchema = z
  .string()
  .regex(/^[A-Z][A-Z0-9-]{1,19}$/)
  .brand<'WarehouseCode'>();
export type WarehouseCode = z.infer<typeof warehouseCodeSchema>;

/** The person behind personal fields: a customer's id, or one made for a guest. One encryption key each. */
export const subjectIdSchema = z.string().min(1).max(80).brand<'SubjectId'>();
export type SubjectId = z.infer<typeof subjectIdSchema>;

export type StreamType = 'order' | 'payment' | 'fulfillment' | 'inventory';
/** `order-<uuid>`, `payment-<uuid>`, `fulfillment-<uuid>` or `inventory-<sku>`. */
export type StreamId = `${StreamType}-${string}`;
