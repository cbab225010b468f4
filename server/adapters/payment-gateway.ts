/** What a call is about; the gateway keeps it and gives it back with every answer, as real ones do. */
export type PaymentReference = {
  readonly orderId: string;
  readonly paymentId: string;
  /** So that what the answer leads to still belongs to what the customer did. */
  readonly correlationId: string;
  /** The event that asked for the call; absent in what was asked for before it was kept. */
  readonly causationId?: string | undefined;
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
/** A call about money that the gateway holds or took: `gatewayReference` is its own name for the authorization. */
type MoneyCall = GatewayCall & { readonly gatewayReference: string; readonly currency: string };
export type CaptureCall = MoneyCall & { readonly captureId: string; readonly amountMinor: number };
export type VoidCall = MoneyCall;
export type RefundCall = MoneyCall & { readonly refundId: string; readonly amountMinor: number };

/** What became of a call. Comes with the answer, by webhook, or from an inquiry. */
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
  /** The bank let go of the money: nobody took it in time. */
  | { readonly type: 'authorization.expired' }
  | { readonly type: 'capture.succeeded'; readonly captureId: string }
  | { readonly type: 'capture.failed'; readonly captureId: string; readonly code: string }
  | { readonly type: 'void.succeeded' }
  | { readonly type: 'refund.succeeded'; readonly refundId: string }
  | { readonly type: 'refund.failed'; readonly refundId: string; readonly code: string }
);

/**
 * `accepted`: the outcome will come by webhook. `settled`: here it is. `refused`: the call makes no sense, and never
 * will.
 */
export type GatewayAnswer =
  | { readonly status: 'accepted' }
  | { readonly status: 'settled'; readonly outcome: GatewayOutcome }
  | { readonly status: 'refused'; readonly code: string };

/** A call that is asked about, with what the gateway may know it by. */
export type GatewayQuestion =
  | ({ readonly about: 'authorize' } & AuthorizeCall)
  | ({ readonly about: 'capture' } & CaptureCall)
  | ({ readonly about: 'void' } & VoidCall)
  | ({ readonly about: 'refund' } & RefundCall);

export type GatewayInquiry =
  /** Nothing came of this call: it may be made, with the same key. */
  | { readonly status: 'unknown' }
  /** It has the call and is still at it: its outcome will come. */
  | { readonly status: 'pending' }
  | { readonly status: 'settled'; readonly outcome: GatewayOutcome };

/** The gateway could not be reached, or did not answer in time: whether the call counts is unknown. */
export class GatewayUnavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'GatewayUnavailable';
  }
}

/** The gateway has failed too often lately: it was not called, and is left alone until `retryAt`. */
export class GatewayCircuitOpen extends Error {
  readonly retryAt: Date;

  constructor(retryAt: Date) {
    super('The payment gateway has failed too often. It is left alone for a while.');
    this.name = 'GatewayCircuitOpen';
    this.retryAt = retryAt;
  }
}

/**
 * A payment gateway. Every method throws `GatewayUnavailable` when the answer is not known. The same call may be made
 * again with the same key for as long as the gateway remembers it (hours); later, inquire first. Never guess.
 */
export type PaymentGateway = {
  authorize(call: AuthorizeCall): Promise<GatewayAnswer>;
  capture(call: CaptureCall): Promise<GatewayAnswer>;
  void(call: VoidCall): Promise<GatewayAnswer>;
  refund(call: RefundCall): Promise<GatewayAnswer>;
  inquire(question: GatewayQuestion): Promise<GatewayInquiry>;
};
