import { randomUUID } from 'node:crypto';
import type { Database } from '#db/clients.ts';
import { signatureHeader, signWebhook } from '../webhook-signature.ts';

/** Posts a body; resolves with the HTTP status, or throws when nobody answered. */
export type WebhookTransport = (body: Buffer, headers: Readonly<Record<string, string>>) => Promise<number>;

export type WebhookDelivererOptions = {
  readonly sql: Database;
  readonly secret: string;
  readonly transport: WebhookTransport;
  readonly now?: () => Date;
  /** Events in one POST. */
  readonly eventsMax?: number;
  /** How long a delivery under way is left alone before another worker tries it. */
  readonly leaseMs?: number;
};

export type WebhookDeliverer = {
  /** Delivers what is due, one POST; returns how many events were taken up. */
  deliverDue(): Promise<number>;
};

/** POSTs to the shop's own address, as a gateway would. */
export const httpTransport =
  (url: string, timeoutMs = 10_000): WebhookTransport =>
  async (body, headers) => {
    const response = await fetch(url, {
      method: 'POST',
      body: new Uint8Array(body),
      headers: { ...headers, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    });
    await response.arrayBuffer();
    return response.status;
  };

/** Delivers the gateway's answers at least once: until the shop has said 2xx, with ever longer pauses. */
export const createWebhookDeliverer = (options: WebhookDelivererOptions): WebhookDeliverer => {
  const { sql, secret, transport, now = () => new Date(), eventsMax = 200, leaseMs = 15_000 } = options;

  const deliverDue = async (): Promise<number> => {
    const leaseId = randomUUID();
    const rows = await sql<{ event_id: string; event: unknown }[]>`
      update gateway.webhook_deliveries
      set lease_id = ${leaseId}, attempts = attempts + 1, due_at = ${new Date(now().getTime() + leaseMs)}
      where event_id in (
        select event_id from gateway.webhook_deliveries where due_at <= ${now()}
        order by due_at limit ${eventsMax} for update skip locked)
      returning event_id, event`;
    if (rows.length === 0) return 0;
    const ids = rows.map(({ event_id }) => event_id);
    const body = Buffer.from(JSON.stringify(rows.map(({ event }) => event)));
    let problem: string;
    try {
      const status = await transport(body, { [signatureHeader]: signWebhook(secret, body, now()) });
      if (status >= 200 && status < 300) {
        // By key: nothing finds them by their lease but a look at all of them.
        await sql`
          delete from gateway.webhook_deliveries
          where event_id = any(${ids}::uuid[]) and lease_id = ${leaseId}`;
        return rows.length;
      }
      problem = `HTTP ${status}`;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    // 0.25 s, 0.5 s, … a minute, with jitter.
    await sql`
      update gateway.webhook_deliveries
      set last_error = ${problem}, lease_id = null,
          due_at = ${now()}::timestamptz + least(60, 0.25 * 2 ^ least(attempts - 1, 10)) * (0.75 + random() / 2) * interval '1 s'
      where event_id = any(${ids}::uuid[]) and lease_id = ${leaseId}`;
    return rows.length;
  };

  return { deliverDue };
};
