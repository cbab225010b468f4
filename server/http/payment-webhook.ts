import type { IncomingMessage, ServerResponse } from 'node:http';
import { receivePaymentWebhook } from '#server/api/webhooks/payments.ts';
import { receiveStripeWebhook } from '#server/api/webhooks/stripe.ts';
import { answerJson, answerObjection } from './answer.ts';
import { apiLimits, objectionToJson, tooLarge } from './guard.ts';
import { readBody } from './read-body.ts';
import type { WebParts } from './web-parts.ts';

/**
 * Answers `POST /api/webhooks/payments` of the simulated gateway, or `POST /api/webhooks/stripe`: whichever takes the
 * payments, and no other. The signature is over the bytes as they came.
 */
export const handlePaymentWebhook = async (
  parts: WebParts,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  requestId: string,
): Promise<void> => {
  const { runtime } = parts;
  const { stripe } = runtime;
  if (req.method !== 'POST' || url.pathname !== `/api/webhooks/${stripe ? 'stripe' : 'payments'}`)
    return answerJson(res, 404, { code: 'NOT_FOUND' });
  const read = await readBody(req, apiLimits.webhookBodyBytes);
  if (read.status === 'broken') return void res.destroy();
  if (read.status === 'too-large') return answerObjection(res, tooLarge, requestId);
  const deep = objectionToJson(read.bytes.toString('utf8'));
  if (deep) return answerObjection(res, deep, requestId);
  const log = runtime.log.child({ requestId });
  const { status, body } = stripe
    ? await receiveStripeWebhook(
        { runtime, stripe: stripe.client, secret: stripe.webhookSecret, log },
        read.bytes,
        req.headers,
      )
    : await receivePaymentWebhook(
        { runtime, secret: runtime.env.GATEWAY_WEBHOOK_SECRET, log },
        read.bytes,
        req.headers,
      );
  answerJson(res, status, body);
};
