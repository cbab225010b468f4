import { createLoader, createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { deskViews, orderSorts } from '#domain/search/order-sorts.ts';
import { type OrderId, orderIdSchema } from '#domain/shared/ids.ts';

const parseAsOrderId = createParser<OrderId>({
  parse: (text) => orderIdSchema.safeParse(text).data ?? null,
  serialize: (orderId) => orderId,
});

/** The desk's state in the address: a link shows a colleague the same. */
export const deskParams = {
  view: parseAsStringLiteral(deskViews).withDefault('open'),
  q: parseAsString.withDefault(''),
  /** Without one the agent's own. */
  sort: parseAsStringLiteral(orderSorts),
  order: parseAsOrderId,
};

export const loadDeskParams = createLoader(deskParams);
