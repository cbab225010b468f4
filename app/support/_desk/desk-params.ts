import { createLoader, createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { type OrderId, orderIdSchema } from '#domain/shared/ids.ts';

export const deskViews = ['open', 'holds', 'declined', 'all'] as const;

const parseAsOrderId = createParser<OrderId>({
  parse: (text) => orderIdSchema.safeParse(text).data ?? null,
  serialize: (orderId) => orderId,
});

/** The desk's state in the address: a link shows a colleague the same. */
export const deskParams = {
  view: parseAsStringLiteral(deskViews).withDefault('open'),
  q: parseAsString.withDefault(''),
  order: parseAsOrderId,
};

export const loadDeskParams = createLoader(deskParams);
