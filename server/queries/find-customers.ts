import type { Database } from '#db/clients.ts';
import type { SavedAddress } from '#db/schema/customers.ts';
import type { Tier } from '#domain/order/events.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/** A customer with an account, as an agent finds them. `address`: of their last order; null when there is none. */
export type FoundCustomer = {
  readonly customerId: string;
  readonly name: string;
  readonly email: string;
  readonly tier: Tier;
  readonly address: SavedAddress | null;
};

type Row = Omit<FoundCustomer, 'address'> & {
  readonly saved: SavedAddress | null;
  readonly last: Waybill | null;
};

const addressOf = ({ order }: Waybill): SavedAddress | null => {
  if (order.status === 'absent' || isErased(order.shipTo.recipient)) return null;
  const { recipient, ...place } = order.shipTo;
  return { ...recipient, ...place, phone: isErased(order.contact) ? null : order.contact.phone };
};

/** Customers whose name or mail has the text in it, those that begin with it first. */
export const findCustomers = async (
  { sql }: { readonly sql: Database },
  text: string,
  limit: number,
): Promise<FoundCustomer[]> => {
  const part = text.replaceAll(/[\\%_]/g, '\\$&');
  const rows = await sql<Row[]>`
    select u.id as "customerId", u.name, u.email, coalesce(c.tier, 'standard') as tier,
      c.default_address as saved,
      -- Who never kept an address may have ordered all the same.
      case when c.default_address is null then (
        select o.waybill from read.order_status_v2 o
        where o.customer_id = u.id and o.order_status not in ('draft', 'discarded')
        order by o.placed_at desc, o.order_key desc limit 1) end as last
    from auth.users u left join shop.customers c on c.id = u.id
    where u.role = 'customer' and (u.name ilike ${`%${part}%`} or u.email ilike ${`%${part}%`})
    order by (u.name ilike ${`${part}%`} or u.email ilike ${`${part}%`}) desc, u.name, u.id
    limit ${limit}`;
  return rows.map(({ saved, last, ...customer }) => ({ ...customer, address: saved ?? (last && addressOf(last)) }));
};

/** A customer's tier; null where no customer has this account. */
export const customerTier = async ({ sql }: { readonly sql: Database }, customerId: string): Promise<Tier | null> => {
  const [row] = await sql<{ tier: Tier }[]>`
    select coalesce(c.tier, 'standard') as tier
    from auth.users u left join shop.customers c on c.id = u.id where u.id = ${customerId} and u.role = 'customer'`;
  return row?.tier ?? null;
};
