import type { PaymentMethod } from '#domain/order/events.ts';

const kinds: Readonly<Record<string, PaymentMethod['kind']>> = {
  credit_card: 'card',
  debit_card: 'debit_card',
  boleto: 'boleto',
  voucher: 'voucher',
};

export const knownPaymentTypes: ReadonlySet<string> = new Set(Object.keys(kinds));

/** Olist's payment type as Waybill's kind; `other` for `not_defined` and whatever else comes. */
export const paymentKindOf = (type: string): PaymentMethod['kind'] => kinds[type] ?? 'other';
