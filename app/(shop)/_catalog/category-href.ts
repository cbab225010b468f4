const slugOf = (category: string): string => category.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-');

/** Where a category's products are: `/catalog/kitchen`. */
export const categoryHref = (category: string): string => `/catalog/${encodeURIComponent(slugOf(category))}`;

/** The category behind a path's last part; undefined when there is none. */
export const categoryOf = <T extends { readonly category: string }>(
  categories: readonly T[],
  slug: string,
): T | undefined => categories.find(({ category }) => slugOf(category) === decodeURIComponent(slug));

export const productHref = (sku: string): string => `/products/${encodeURIComponent(sku)}`;
