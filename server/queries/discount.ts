import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { discounts } from '#db/schema/discounts.ts';
import type { Discount } from '#domain/order/events.ts';

/** The discount behind a code that is valid at `now`; null when there is none. Codes are read in any case. */
export const findDiscount = async (crud: PostgresJsDatabase, code: string, now: Date): Promise<Discount | null> => {
  const [row] = await crud
    .select({ code: discounts.code, kind: discounts.kind, value: discounts.value })
    .from(discounts)
    .where(
      and(
        eq(discounts.code, code.trim().toUpperCase()),
        eq(discounts.active, true),
        lte(discounts.startsAt, now),
        or(isNull(discounts.endsAt), gt(discounts.endsAt, now)),
      ),
    );
  return row ?? null;
};
