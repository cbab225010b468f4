/** What a call is about; the gateway keeps it and gives it back with every answer, as real ones do. */
export type PaymentReference = {
  readonly orderId: string;
  readonly paymentId: string;
  /** So that what the answer leads to still belongs to what the customer did. */
  readonly correlationId: string;
};

export type GatewayCall = {
  /** The same key is the same call, however often it is made. */
  readonly idempotencyKey: string;
  readonly reference: PaymentReference;
};
export type AuthorizeCall = GatewayCall & {
  readonly token: string;
  readonly amountMinor: number;
  readonly currency: string;
};
export type CaptureCall = GatewayCall & { readonly captureId: string; readonly amountMinor: number };
export type VoidCall = GatewayCall;
export type RefundCall = GatewayCall & { readonly refundId: string; readonly amountMinor: number };

/** What became of a call. Comes by webhook, or from an inquiry. */
export type GatewayOutcome = { readonly reference: PaymentReference } & (
  | {
      readonly type: 'authorization.succeeded';
      readonly amountMinor: number;
      readonly gatewayReference: string;
      /** ISO 8601, UTC. */
      readonly expiresAt: string;
    }
  | { readonly type: 'authorization.declined'; readonly code: string }
  /** The customer has to answer their bank at this address (3-D Secure). */
  | { readonly type: 'authorization.requires_action'; readonly challengeUrl: string }
  | { readonly type: 'capture.succeeded'; readonly captureId: string }
  | { readonly type: 'capture.failed'; readonly captureId: string; readonly code: string }
  | { readonly type: 'void.succeeded' }
  | { readonly type: 'refund.succeeded'; readonly refundId: string }
  | { readonly type: 'refund.failed'; readonly refundId: string; readonly code: string }
);

/** `accepted`: the outcome will come by webhook. `refused`: the call makes no sense, and never will. */
export type GatewayAnswer = { readonly status: 'accepted' } | { readonly status: 'refused'; readonly code: string };

export type GatewayInquiry =
  /** It never got this call: it may be made. */
  { readonly status: 'unknown' } | { readonly status: 'settled'; readonly outcome: GatewayOutcome };

/** The gateway could not be reached, or did not answer in time: whether the call counts is unknown. */
export class GatewayUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayUnavailable';
  }
}

/**
 * A payment gateway. Every method throws `GatewayUnavailable` when the answer is not known; the caller then inquires
 * before it calls again, and never guesses.
 */
export type PaymentGateway = {
  authorize(call: AuthorizeCall): Promise<GatewayAnswer>;
  capture(call: CaptureCall): Promise<GatewayAnswer>;
  void(call: VoidCall): Promise<GatewayAnswer>;
  refund(call: RefundCall): Promise<GatewayAnswer>;
  inquire(idempotencyKey: string): Promise<GatewayInquiry>;
};
