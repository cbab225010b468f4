import { z } from 'zod';
import { paymentMethodSchema } from '../order/events.ts';
import { fulfillmentIdSchema, orderIdSchema, paymentIdSchema } from '../shared/ids.ts';
import { amountMinorSchema, currencySchema } from '../shared/money.ts';

const payment = { paymentId: paymentIdSchema, orderId: orderIdSchema, currency: currencySchema };
/** Zero for vouchers worth nothing, which imported orders have. */
const amountMinor = amountMinorSchema;
const code = z.string().min(1).max(60);

export const paymentEventSchemas = {
  /** The intent, recorded before the gateway is asked. */
  AuthorizationRequested: z.strictObject({ ...payment, amountMinor, method: paymentMethodSchema }),
  /** The bank wants to see the customer (3-D Secure). */
  PaymentActionRequired: z.strictObject({ ...payment, challengeUrl: z.string().max(500) }),
  PaymentAuthorized: z.strictObject({
    ...payment,
    amountMinor,
    gatewayReference: z.string().max(200),
    expiresAt: z.iso.datetime(),
  }),
  PaymentDeclined: z.strictObject({ ...payment, code }),
  AuthorizationExpired: z.strictObject({ ...payment }),
  CaptureRequested: z.strictObject({
    ...payment,
    captureId: z.uuid(),
    fulfillmentId: fulfillmentIdSchema.nullable(),
    amountMinor,
  }),
  PaymentCaptured: z.strictObject({ ...payment, captureId: z.uuid(), amountMinor }),
  CaptureFailed: z.strictObject({ ...payment, captureId: z.uuid(), code }),
  VoidRequested: z.strictObject({ ...payment }),
  PaymentVoided: z.strictObject({ ...payment }),
  RefundRequested: z.strictObject({
    ...payment,
    refundId: z.uuid(),
    amountMinor,
    reason: z.string().min(1).max(500),
  }),
  PaymentRefunded: z.strictObject({ ...payment, refundId: z.uuid(), amountMinor }),
  RefundFailed: z.strictObject({ ...payment, refundId: z.uuid(), code }),
} as const;

export type PaymentEvent = {
  [Type in keyof typeof paymentEventSchemas]: { readonly type: Type } & z.infer<(typeof paymentEventSchemas)[Type]>;
}[keyof typeof paymentEventSchemas];
