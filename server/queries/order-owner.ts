import { LRUCache } from 'lru-cache';
import type { Database } from '#db/clients.ts';
import type { OrderId } from '#domain/shared/ids.ts';

type Owner = { readonly customerId: string | null };

// Who placed an order never changes, so a hit needs no expiry. Misses are not kept: the order may come.
const owners = new LRUCache<string, Owner>({ max: 20_000 });

/**
 * Who owns an order; null when there is none, or only a draft: that is the desk's until it is placed. From the order's
 * own events and not from a read table, since an access check must hold the instant after placing: a lookup by primary
 * key, which ends at the first event unless the order began as a draft.
 */
export const orderOwner = async ({ sql }: { readonly sql: Database }, orderId: OrderId): Promise<Owner | null> => {
  const known = owners.get(orderId);
  if (known) return known;
  const [row] = await sql<{ customer_id: string | null }[]>`
    select data ->> 'customerId' as customer_id from es.events
    where stream_id = ${`order-${orderId}`} and type = 'OrderPlaced' order by version limit 1`;
  if (!row) return null;
  const owner = { customerId: row.customer_id };
  owners.set(orderId, owner);
  return owner;
};
