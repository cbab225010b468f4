import type { Logger } from 'pino';
import { z } from 'zod';
import { derivedId } from '#domain/shared/derived-id.ts';
import { idSchema } from '#domain/shared/ids.ts';
import { signatureHeader, verifyWebhook } from '#server/adapters/webhook-signature.ts';
import type { CommandRuntime } from '#server/runtime/handle-command.ts';
import { recordOutcomes } from '#server/runtime/record-outcomes.ts';

const reference = z.strictObject({
  orderId: idSchema,
  paymentId: idSchema,
  correlationId: z.string().min(1).max(80),
  causationId: idSchema.optional(),
});
const code = z.string().min(1).max(60);
const amountMinor = z.int().min(0);
const outcomeSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('authorization.succeeded'),
    reference,
    amountMinor,
    gatewayReference: z.string().min(1).max(200),
    expiresAt: z.iso.datetime(),
  }),
  z.strictObject({ type: z.literal('authorization.declined'), reference, code }),
  z.strictObject({
    type: z.literal('authorization.requires_action'),
    reference,
    // A path of ours: the gateway must not send customers anywhere else.
    challengeUrl: z
      .string()
      .regex(/^\/pay\/challenge\/[0-9a-f-]{36}$/)
      .max(500),
  }),
  z.strictObject({ type: z.literal('capture.succeeded'), reference, captureId: idSchema }),
  z.strictObject({ type: z.literal('capture.failed'), reference, captureId: idSchema, code }),
  z.strictObject({ type: z.literal('void.succeeded'), reference }),
  z.strictObject({ type: z.literal('refund.succeeded'), reference, refundId: idSchema }),
  z.strictObject({ type: z.literal('refund.failed'), reference, refundId: idSchema, code }),
]);
const deliverySchema = z
  .array(z.strictObject({ id: idSchema, createdAt: z.iso.datetime(), outcome: outcomeSchema }))
  .min(1)
  .max(1_000);

export type WebhookDependencies = {
  readonly runtime: CommandRuntime;
  readonly secret: string;
  readonly log: Pick<Logger, 'warn' | 'error'>;
  readonly now?: () => Date;
};

/** What to answer: an HTTP status, and a word for the log of the sender. */
export type WebhookResult = { readonly status: 200 | 400 | 500; readonly body: { readonly result: string } };

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const answer = (status: WebhookResult['status'], result: string): WebhookResult => ({ status, body: { result } });

const parse = (rawBody: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(rawBody));
  } catch {
    return null;
  }
};

/**
 * Takes the gateway's answers: a JSON array of events, signed as `signWebhook` does. Doubled, shuffled and late
 * deliveries change nothing the second time; what is forged, stale or malformed is refused with 400. 500 asks for the
 * delivery again. `rawBody` is the body as it came, before any parsing; header names are in lower case.
 */
export const receivePaymentWebhook = async (
  dependencies: WebhookDependencies,
  rawBody: Uint8Array,
  headers: Headers,
): Promise<WebhookResult> => {
  const { runtime, secret, log, now = () => new Date() } = dependencies;
  const header = headers[signatureHeader];
  if (typeof header !== 'string' || !verifyWebhook(secret, rawBody, header, now())) {
    log.warn('a payment webhook with a wrong or stale signature was refused');
    return answer(400, 'signature refused');
  }
  const parsed = deliverySchema.safeParse(parse(rawBody));
  if (!parsed.success) {
    log.error({ issues: parsed.error.issues.slice(0, 5) }, 'a signed payment webhook could not be understood');
    return answer(400, 'not understood');
  }
  // The same event may stand in a delivery twice.
  const events = [...new Map(parsed.data.map((event) => [event.id, event])).values()];
  try {
    const outcomes = await recordOutcomes(
      runtime,
      events.map(({ id, outcome }) => ({ commandId: derivedId('webhook', id), outcome })),
    );
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status !== 'rejected' && outcome.status !== 'failed') continue;
      const { orderId, paymentId } = events[index]?.outcome.reference ?? {};
      log.warn(
        { orderId, paymentId, event: events[index]?.outcome.type, outcome },
        'the gateway told what does not fit',
      );
    }
    return answer(200, 'received');
  } catch (error) {
    log.error({ err: error }, 'payment webhooks could not be recorded; they will come again');
    return answer(500, 'try again');
  }
};
