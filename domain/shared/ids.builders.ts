import {
  type FulfillmentId,
  fulfillmentIdSchema,
  type LineId,
  lineIdSchema,
  type OrderId,
  orderIdSchema,
  type PaymentId,
  paymentIdSchema,
  type Sku,
  type SubjectId,
  skuSchema,
  subjectIdSchema,
  type WarehouseCode,
  warehouseCodeSchema,
} from './ids.ts';
import { type Currency, currencySchema } from './money.ts';

/** Test data: ids that read as what they are. `uuid(7)` ends in 7. */
export const uuid = (number: number): string => `01932b5e-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const orderIdOf = (number: number): OrderId => orderIdSchema.parse(uuid(1_000 + number));
export const paymentIdOf = (number: number): PaymentId => paymentIdSchema.parse(uuid(2_000 + number));
export const fulfillmentIdOf = (number: number): FulfillmentId => fulfillmentIdSchema.parse(uuid(3_000 + number));
export const lineIdOf = (number: number): LineId => lineIdSchema.parse(`line-${number}`);
export const skuOf = (text: string): Sku => skuSchema.parse(text);
export const warehouseOf = (text: string): WarehouseCode => warehouseCodeSchema.parse(text);
export const subjectIdOf = (text: string): SubjectId => subjectIdSchema.parse(text);

export const orderId = orderIdOf(1);
export const paymentId = paymentIdOf(1);
export const fulfillmentId = fulfillmentIdOf(1);
export const candle = skuOf('CANDLE-BEESWAX');
export const lamp = skuOf('LAMP-DESK');
export const porto = warehouseOf('PORTO');
export const rotterdam = warehouseOf('ROTTERDAM');
export const marta = subjectIdOf('customer-marta');
export const euro: Currency = currencySchema.parse('EUR');
