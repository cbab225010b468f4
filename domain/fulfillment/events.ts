import { z } from 'zod';
import { addressSchema, promiseSchema, shippingMethodSchema, tierSchema } from '../order/events.ts';
import { dispositionSchema } from '../order/return-events.ts';
import {
  fulfillmentIdSchema,
  lineIdSchema,
  orderIdSchema,
  skuSchema,
  subjectIdSchema,
  warehouseCodeSchema,
} from '../shared/ids.ts';

const fulfillment = { fulfillmentId: fulfillmentIdSchema, orderId: orderIdSchema };
const quantity = z.int().min(1).max(100_000);

export const fulfillmentLineSchema = z.strictObject({
  lineId: lineIdSchema,
  sku: skuSchema,
  name: z.string().min(1).max(300),
  picture: z.string().max(80).nullable(),
  hue: z.int().min(0).max(360),
  /** Where the picker finds it, such as `C-04-2`. */
  bin: z.string().max(20).nullable(),
  quantity,
});
export type FulfillmentLine = z.infer<typeof fulfillmentLineSchema>;

export const parcelSchema = z.strictObject({
  parcelId: z.string().min(1).max(80),
  weightGrams: z.int().min(0).max(1_000_000),
});

const countedLineSchema = z.strictObject({ lineId: lineIdSchema, sku: skuSchema, quantity });

export const fulfillmentEventSchemas = {
  FulfillmentCreated: z.strictObject({
    ...fulfillment,
    orderNumber: z.string().max(40),
    subjectId: subjectIdSchema,
    tier: tierSchema,
    warehouse: warehouseCodeSchema,
    /** Why this warehouse, in words: "nearest with all 3 lines". */
    sourcing: z.string().max(200),
    shipTo: addressSchema,
    shippingMethod: shippingMethodSchema,
    promise: promiseSchema,
    lines: z.array(fulfillmentLineSchema).max(2_000),
  }),
  FulfillmentHeld: z.strictObject({ ...fulfillment, reason: z.string().min(1).max(200) }),
  FulfillmentReleased: z.strictObject({ ...fulfillment }),
  PickingStarted: z.strictObject({ ...fulfillment, warehouse: warehouseCodeSchema, picker: z.string().max(80) }),
  ItemPicked: z.strictObject({ ...fulfillment, lineId: lineIdSchema, sku: skuSchema, quantity }),
  ShortPickReported: z.strictObject({
    ...fulfillment,
    lineId: lineIdSchema,
    sku: skuSchema,
    /** How many of the line were not in the bin. */
    missing: quantity,
  }),
  FulfillmentPacked: z.strictObject({ ...fulfillment, packages: z.array(parcelSchema).min(1).max(100) }),
  FulfillmentShipped: z.strictObject({
    ...fulfillment,
    warehouse: warehouseCodeSchema,
    carrier: z.string().min(1).max(60),
    trackingNumber: z.string().min(1).max(80),
    lines: z.array(countedLineSchema).max(2_000),
  }),
  TrackingUpdated: z.strictObject({ ...fulfillment, status: z.string().min(1).max(200) }),
  FulfillmentDelivered: z.strictObject({ ...fulfillment }),
  DeliveryFailed: z.strictObject({ ...fulfillment, reason: z.string().min(1).max(200) }),
  FulfillmentCanceled: z.strictObject({ ...fulfillment, reason: z.string().min(1).max(500) }),
  /** Fewer are to be picked, since the order was amended or canceled in part. */
  FulfillmentReduced: z.strictObject({
    ...fulfillment,
    warehouse: warehouseCodeSchema,
    lines: z.array(countedLineSchema).min(1).max(2_000),
    /** Nothing is left to pick: it ends. */
    isEmpty: z.boolean(),
    restock: z.boolean(),
  }),
  /** More are to be picked, since the order was amended. */
  FulfillmentExtended: z.strictObject({ ...fulfillment, lines: z.array(fulfillmentLineSchema).min(1).max(2_000) }),
  FulfillmentReaddressed: z.strictObject({
    ...fulfillment,
    subjectId: subjectIdSchema,
    shipTo: addressSchema,
    shippingMethod: shippingMethodSchema,
    promise: promiseSchema,
  }),
  ReturnReceived: z.strictObject({
    ...fulfillment,
    returnId: z.uuid(),
    lines: z.array(countedLineSchema).min(1).max(2_000),
  }),
  ReturnInspected: z.strictObject({
    ...fulfillment,
    returnId: z.uuid(),
    warehouse: warehouseCodeSchema,
    lines: z
      .array(countedLineSchema.extend({ disposition: dispositionSchema }))
      .min(1)
      .max(2_000),
  }),
} as const;

export type FulfillmentEvent = {
  [Type in keyof typeof fulfillmentEventSchemas]: { readonly type: Type } & z.infer<
    (typeof fulfillmentEventSchemas)[Type]
  >;
}[keyof typeof fulfillmentEventSchemas];
