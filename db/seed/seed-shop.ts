import { hashPassword } from 'better-auth/crypto';
import type { Database } from '#db/clients.ts';
import { catalog } from './catalog.ts';
import { demoAccounts } from './demo-accounts.ts';
import { people } from './people.ts';
import { warehouses } from './warehouses.ts';

const discounts = [
  { code: 'HELLO10', kind: 'percent', value: 1_000 },
  { code: 'FIVEOFF', kind: 'amount', value: 500 },
];

const accounts = [
  ...demoAccounts,
  ...people
    .filter(({ id }) => !demoAccounts.some((account) => account.id === id))
    .map(({ id, name, email }) => ({ id, name, email, role: 'customer', password: null })),
];

/** The plain tables: catalog, warehouses, discounts, accounts and customers. Whatever is there already stays. */
export const seedShop = async (sql: Database): Promise<void> => {
  const products = catalog.map((product, rank) => ({
    sku: product.sku,
    rank,
    name: product.name,
    category: product.category,
    subcategory: product.subcategory,
    description: product.description,
    price_minor: product.priceMinor,
    picture: product.picture,
    hue: product.hue,
    size: product.size,
    bin: product.bin,
    weight_grams: product.weightGrams,
  }));
  await sql`insert into shop.products ${sql(products)} on conflict do nothing`;
  for (const { code, city, country, timeZone, cutOff, serves } of warehouses)
    await sql`
      insert into shop.warehouses (code, city, country, time_zone, cutoff, serves)
      values (${code}, ${city}, ${country}, ${timeZone}, ${cutOff}, ${JSON.stringify(serves)}::text::jsonb)
      on conflict do nothing`;
  await sql`insert into shop.discounts ${sql(discounts)} on conflict do nothing`;

  const hashes = await Promise.all(accounts.map(({ password }) => (password ? hashPassword(password) : null)));
  for (const [index, { id, name, email, role }] of accounts.entries()) {
    await sql`
      insert into auth.users (id, name, email, email_verified, role) values (${id}, ${name}, ${email}, true, ${role})
      on conflict do nothing`;
    const hash = hashes[index];
    if (hash)
      await sql`
        insert into auth.accounts (id, account_id, provider_id, user_id, password)
        values (${`${id}-password`}, ${id}, 'credential', ${id}, ${hash}) on conflict do nothing`;
  }
  for (const { id, tier, name, street, postalCode, city, country } of people) {
    const address = JSON.stringify({ name, street, postalCode, city, region: null, country });
    await sql`
      insert into shop.customers (id, tier, default_address) values (${id}, ${tier}, ${address}::text::jsonb)
      on conflict do nothing`;
  }
};
