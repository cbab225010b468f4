import { randomUUID } from 'node:crypto';
import { signatureHeader, signatureToleranceMs, signWebhook } from '#server/adapters/webhook-signature.ts';
import { receivePaymentWebhook } from '#server/api/webhooks/payments.ts';
import { paymentIdOf } from '#server/processes/checkout.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { cards, houseSecret } from '#server/runtime/testing/house.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { openStreet } from './open-house.ts';

const log = { warn: () => undefined, error: () => undefined };

/** Posts what the gateway never sent, or sent too long ago, about an order that waits for the gateway's word. */
export const forge = async (env: ScratchEnv, random: Random, tries: number) => {
  const street = openStreet(env);
  const broken: string[] = [];
  try {
    const house = street.build();
    house.wrapTransport(() => async () => 503);
    await house.stock('FORGED', 5);
    const lines = [{ id: 'a', sku: 'FORGED', quantity: 1, price: 100 }];
    const orderId = await house.place({ lines, token: await house.token(cards.approve) });
    for (let round = 0; round < 30 && !(await house.types(orderId)).includes('AuthorizationRequested'); round += 1)
      await house.feedOnce();
    const event = () => ({
      id: randomUUID(),
      createdAt: new Date().toISOString(),
      outcome: {
        type: 'authorization.succeeded',
        reference: { orderId, paymentId: paymentIdOf(orderId), correlationId: 'c' },
        amountMinor: 590,
        gatewayReference: 'pi_forged',
        expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      },
    });
    const send = async (body: Buffer, header: string, at: Date): Promise<number> => {
      const headers = { [signatureHeader]: header };
      const dependencies = { runtime: house.runtime, secret: houseSecret, log, now: () => at };
      return (await receivePaymentWebhook(dependencies, body, headers)).status;
    };
    const now = new Date();
    const later = (ms: number) => new Date(now.getTime() + ms);
    const forgeries: readonly ((body: Buffer) => { body: Buffer; header: string })[] = [
      (body) => ({ body, header: signWebhook('a secret of somebody else', body, now) }),
      (body) => ({
        body,
        header: signWebhook(houseSecret, body, later(-signatureToleranceMs - 1_000 - random.int(9e8))),
      }),
      (body) => ({
        body,
        header: signWebhook(houseSecret, body, later(signatureToleranceMs + 2_000 + random.int(9e8))),
      }),
      (body) => {
        // One bit of the body, after it was signed.
        const changed = Buffer.from(body);
        const at = random.int(changed.length);
        changed[at] = (changed[at] ?? 0) ^ (1 << random.int(8));
        return { body: changed, header: signWebhook(houseSecret, body, now) };
      },
      (body) => {
        const header = signWebhook(houseSecret, body, now);
        const at = header.length - 1 - random.int(64);
        const other = header[at] === '0' ? '1' : '0';
        return { body, header: `${header.slice(0, at)}${other}${header.slice(at + 1)}` };
      },
      // An old signature under a new time.
      (body) => {
        const [, signature] = signWebhook(houseSecret, body, later(-10 * signatureToleranceMs)).split(',');
        return { body, header: `t=${Math.floor(now.getTime() / 1_000)},${signature}` };
      },
      (body) => ({ body, header: '' }),
      (body) => ({ body, header: `t=${Math.floor(now.getTime() / 1_000)},v1=` }),
    ];
    for (let nth = 0; nth < tries; nth += 1) {
      const forged = forgeries[nth % forgeries.length]?.(Buffer.from(JSON.stringify([event()])));
      if (forged && (await send(forged.body, forged.header, now)) !== 400)
        broken.push(`forgery ${nth % forgeries.length}`);
    }
    const types = await house.types(orderId);
    if (types.includes('PaymentAuthorized')) broken.push('a forgery was recorded');
    // A genuine one counts once; taken down and sent again it changes nothing, and later it is refused.
    const body = Buffer.from(JSON.stringify([event()]));
    const header = signWebhook(houseSecret, body, now);
    if ((await send(body, header, now)) !== 200) broken.push('the genuine one was refused');
    const count = (await house.types(orderId)).length;
    if ((await send(body, header, later(60_000))) !== 200) broken.push('a repetition within the tolerance was refused');
    if ((await send(body, header, later(signatureToleranceMs + 2_000))) !== 400)
      broken.push('a stale replay was taken');
    if ((await house.types(orderId)).length !== count) broken.push('a replay was recorded');
    if (!(await house.types(orderId)).includes('PaymentAuthorized')) broken.push('the genuine one was not recorded');
  } finally {
    await street.close();
  }
  return { tried: tries, broken };
};
