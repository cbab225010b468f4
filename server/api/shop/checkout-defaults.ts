import { findCustomer } from '#server/queries/customer.ts';
import { publicProcedure } from '../procedures.ts';

/** What a checkout form may start with: a customer's mail and the address of their last order; null for guests. */
export const checkoutDefaults = publicProcedure.query(async ({ ctx }) => {
  const { viewer } = ctx;
  if (viewer?.role !== 'customer') return null;
  const customer = await findCustomer(ctx.runtime.crud, viewer.id);
  return { name: viewer.name, email: viewer.email, address: customer?.defaultAddress ?? null };
});
