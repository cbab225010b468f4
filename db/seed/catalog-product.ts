export const categories = ['Kitchen', 'Home', 'Sound', 'Outdoors', 'Pantry', 'Desk'] as const;
export type Category = (typeof categories)[number];

/** A product of the demo catalog. */
export interface CatalogProduct {
  /** Upper case, unique: "TEA-POT-08". */
  readonly sku: string;
  readonly name: string;
  readonly category: Category;
  readonly subcategory: string;
  /** One or two sentences. */
  readonly description: string;
  /** EUR cents, tax included. */
  readonly priceMinor: number;
  /** File name without extension under /pictures. */
  readonly picture: string;
  /** 0–360: the hue of the ground under the picture. */
  readonly hue: number;
  readonly size: string;
  /** Where it lies, the same in every warehouse: aisle-shelf-place. */
  readonly bin: string;
  readonly weightGrams: number;
}
