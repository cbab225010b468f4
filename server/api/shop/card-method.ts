import type { PaymentMethod } from '#domain/order/events.ts';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';
import type { ApiRejection } from '../api-rejections.ts';

type CardMethod =
  | { readonly ok: true; readonly paymentMethod: PaymentMethod }
  | { readonly ok: false; readonly rejection: ApiRejection };

/** What the gateway says of a card behind a token. */
export const cardMethod = async (_runtime: WaybillRuntime, token: string): Promise<CardMethod> => ({
  ok: true,
  paymentMethod: { kind: 'card', token, brand: null, last4: null },
});
