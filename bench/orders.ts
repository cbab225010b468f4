import { type Agent, request } from 'node:http';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '#db/clients.ts';
import { catalog } from '#db/seed/catalog.ts';
import { seedShop } from '#db/seed/seed-shop.ts';
import { warehouses } from '#db/seed/warehouses.ts';
import { eventTypes, streamOf, upcast } from '#domain/events/registry.ts';
import type { Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { hmacKey } from '#server/auth/hmac-key.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { handleInventoryCommands } from '#server/runtime/handle-inventory-commands.ts';
import type { BenchContext } from './context.ts';

export type Answer = { readonly status: number; readonly body: string };

/** Posts JSON over one of the agent's connections. */
export const post = (agent: Agent, origin: string, path: string, body: unknown): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), origin };
    const sent = request(new URL(path, origin), { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(text);
  });

/** The demo's catalog, with more stock than any benchmark sells. */
export const stockUp = async (sql: Database, { env }: BenchContext): Promise<void> => {
  await seedShop(sql);
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  const store = createEventStore({ sql, codec: createCodec({ eventTypes, streamOf, upcast }, keys) });
  const runtime = { store, commandHmacKey: hmacKey(env.WAYBILL_COMMAND_HMAC_KEY, 'base64') };
  await handleInventoryCommands(
    runtime,
    catalog.flatMap(({ sku }) =>
      warehouses.map(({ code }) => ({
        commandId: uuidv7(),
        actor: { id: 'bench', role: 'system' as const },
        body: null,
        command: {
          type: 'ReceiveStock' as const,
          sku: sku as Sku,
          warehouse: code as WarehouseCode,
          quantity: 5_000_000,
        },
        origin: 'legacy' as const,
      })),
    ),
  );
};

/** A guest's order of two lines, three pieces. */
export const orderFor = (nth: number, cardToken: string) => {
  const sku = (step: number) => catalog[(nth * 7 + step * 11) % catalog.length]?.sku;
  return {
    orderId: uuidv7(),
    commandId: uuidv7(),
    lines: [
      { sku: sku(0), quantity: 1 },
      { sku: sku(1), quantity: 2 },
    ],
    contact: { name: `Buyer ${nth}`, email: `buyer${nth}@mail.example`, phone: null },
    address: {
      name: `Buyer ${nth}`,
      street: 'Rua das Flores 118',
      postalCode: '4050-265',
      city: 'Porto',
      region: null,
      country: 'PT',
    },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  };
};

/** The simulated gateway's token of a card that it approves. */
export const approvedCard = async (agent: Agent, origin: string): Promise<string> => {
  const card = await post(agent, origin, '/api/trpc/shop.tokenizeCard', {
    number: '4242424242424242',
    expiry: '12/30',
    cvc: '123',
  });
  const token = (JSON.parse(card.body) as { result?: { data?: { cardToken?: string } } }).result?.data?.cardToken;
  if (!token) throw new Error(`No card token: ${card.status} ${card.body.slice(0, 200)}`);
  return token;
};
