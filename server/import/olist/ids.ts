import { v5 } from 'uuid';
import type { FulfillmentId, OrderId, PaymentId } from '#domain/shared/ids.ts';

/** Fixed for ever: every id of the import follows from it and from Olist's own, so that a restart doubles nothing. */
const namespace = '0b9f6f0c-58f1-5d0e-9a34-6f1c2f0a7c11';

const idOf = (...parts: readonly (string | number)[]): string => v5(parts.join('/'), namespace);

export const orderIdOf = (olistOrderId: string): OrderId => idOf('order', olistOrderId) as OrderId;

/** `occurrence` is 0, unless the file gives the same sequence number to several payments of an order. */
export const paymentIdOf = (olistOrderId: string, sequential: number, occurrence: number): PaymentId =>
  idOf('payment', olistOrderId, sequential, occurrence) as PaymentId;

export const captureIdOf = (paymentId: PaymentId): string => idOf('capture', paymentId);

/** One fulfillment a seller of an order. */
export const fulfillmentIdOf = (olistOrderId: string, sellerId: string): FulfillmentId =>
  idOf('fulfillment', olistOrderId, sellerId) as FulfillmentId;

export const noteIdOf = (olistOrderId: string): string => idOf('note', olistOrderId);

/** The step's name, such as `place`, makes the command's id: what repeats the step is the same command. */
export const commandIdOf = (olistOrderId: string, step: string): string => idOf('command', olistOrderId, step);
