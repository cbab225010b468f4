import { z } from 'zod';
import { defaultSort, deskViews, orderSorts } from '#domain/search/order-sorts.ts';

/** What a list of orders is asked with: `q` is what the agent typed, filters included (`payment:authorized oliv`). */
export const searchInput = {
  q: z.string().max(400).default(''),
  view: z.enum(deskViews).default('open'),
  sort: z.enum(orderSorts).default(defaultSort),
};
