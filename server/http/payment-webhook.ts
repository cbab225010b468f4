import type { IncomingMessage, ServerResponse } from 'node:http';
import { receivePaymentWebhook } from '#server/api/webhooks/payments.ts';
import { answerJson, answerObjection } from './answer.ts';
import { apiLimits, objectionToJson, tooLarge } from './guard.ts';
import { readBody } from './read-body.ts';
import type { WebParts } from './web-parts.ts';

/** Answers `POST /api/webhooks/payments`. The signature is over the bytes as they came. */
export const handlePaymentWebhook = async (
  parts: WebParts,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  requestId: string,
): Promise<void> => {
  if (req.method !== 'POST' || url.pathname !== '/api/webhooks/payments')
    return answerJson(res, 404, { code: 'NOT_FOUND' });
  const read = await readBody(req, apiLimits.webhookBodyBytes);
  if (read.status === 'broken') return void res.destroy();
  if (read.status === 'too-large') return answerObjection(res, tooLarge, requestId);
  const deep = objectionToJson(read.bytes.toString('utf8'));
  if (deep) return answerObjection(res, deep, requestId);
  const { runtime } = parts;
  const log = runtime.log.child({ requestId });
  const secret = runtime.env.GATEWAY_WEBHOOK_SECRET;
  const { status, body } = await receivePaymentWebhook({ runtime, secret, log }, read.bytes, req.headers);
  answerJson(res, status, body);
};
