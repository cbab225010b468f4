import { createLoader, createParser, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { skuSchema } from '#domain/shared/ids.ts';
import type { RouterInputs } from '../../_trpc/router-types.ts';

export type HistoryInput = RouterInputs['audit']['history']['search'];
type HistoryType = NonNullable<HistoryInput['type']>;

const instant = createParser<string>({
  parse: (text) => (Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString()),
  serialize: (iso) => iso,
});

const eventType = createParser<HistoryType>({
  parse: (text) => (/^[A-Z][A-Za-z]{2,60}$/.test(text) ? (text as HistoryType) : null),
  serialize: (type) => type,
});

/** The search in the address: a link shows a colleague the same. */
export const historyParams = {
  order: parseAsString,
  actor: parseAsString,
  type: eventType,
  sku: parseAsString,
  id: parseAsString,
  time: parseAsStringLiteral(['recorded', 'business'] as const).withDefault('recorded'),
  from: instant,
  until: instant,
};

export const loadHistoryParams = createLoader(historyParams);

export type HistoryParams = Awaited<ReturnType<typeof loadHistoryParams>>;

/** Whether `sku` may be one. */
export const isSku = (text: string): boolean => skuSchema.safeParse(text).success;

/** What the search asks for; empty parts are left out. */
export const historyInput = ({ order, actor, type, sku, id, time, from, until }: HistoryParams): HistoryInput => ({
  ...(order ? { order } : {}),
  ...(actor ? { actor } : {}),
  ...(type ? { type } : {}),
  ...(sku && isSku(sku) ? { sku } : {}),
  ...(id ? { id } : {}),
  time,
  ...(from ? { from } : {}),
  ...(until ? { until } : {}),
});
