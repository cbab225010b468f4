/** What a list of orders can be sorted by. */
export const sortKeys = ['placed', 'updated', 'total', 'shipby'] as const;
export type SortKey = (typeof sortKeys)[number];

/** A key, with a minus before it from the greatest down: `-placed` is the newest first. */
export const orderSorts = sortKeys.flatMap((key) => [`-${key}`, key] as const);
export type OrderSort = SortKey | `-${SortKey}`;

export const defaultSort: OrderSort = '-placed';

export const sortParts = (sort: OrderSort): { readonly key: SortKey; readonly descending: boolean } => {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  return { key: sortKeys.find((key) => key === name) ?? 'placed', descending };
};

/** The lists that agents keep open. */
export const deskViews = ['open', 'drafts', 'holds', 'declined', 'all'] as const;
export type DeskView = (typeof deskViews)[number];
