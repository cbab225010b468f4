import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

export const marks = ['late', 'at_risk', 'holds', 'ready'] as const;
export const tiers = ['gold', 'silver', 'standard'] as const;
export const statuses = ['open', 'on_hold', 'picking', 'packed'] as const;
export type Tier = (typeof tiers)[number];

/** What stands in the address: a dashboard can be sent to somebody as it is. */
export const dashboardParsers = {
  mark: parseAsStringLiteral(marks),
  warehouse: parseAsString,
  tier: parseAsStringLiteral(tiers),
  order: parseAsStringLiteral(['promise', 'age'] as const).withDefault('promise'),
  view: parseAsStringLiteral(['table', 'board'] as const).withDefault('table'),
};

export type DashboardFilters = {
  readonly mark: (typeof marks)[number] | null;
  readonly warehouse: string | null;
  readonly tier: Tier | null;
  readonly order: 'promise' | 'age';
};

const warehouseCode = /^[A-Z][A-Z0-9-]{1,19}$/;

/** The scope of figures and list. A warehouse in the address that can't be one is left out. */
export const scopeOf = ({ warehouse, tier }: Pick<DashboardFilters, 'warehouse' | 'tier'>) => ({
  ...(warehouse && warehouseCode.test(warehouse) ? { warehouse } : {}),
  ...(tier ? { tier } : {}),
});

export const listInputOf = (filters: DashboardFilters) => ({
  ...scopeOf(filters),
  ...(filters.mark ? { mark: filters.mark } : {}),
  order: filters.order,
});

export const tierWords: Readonly<Record<Tier, string>> = { gold: 'Gold', silver: 'Silver', standard: 'Standard' };
