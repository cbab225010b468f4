// Where two words of Olist's category are two things, rather than one.
const niceNames: Readonly<Record<string, string>> = {
  health_beauty: 'Health & beauty',
  bed_bath_table: 'Bed, bath & table',
  sports_leisure: 'Sports & leisure',
  furniture_decor: 'Furniture & decor',
  watches_gifts: 'Watches & gifts',
  fashion_bags_accessories: 'Bags & accessories',
  luggage_accessories: 'Luggage & accessories',
  cds_dvds_musicals: 'CDs, DVDs & musicals',
  dvds_blu_ray: 'DVDs & Blu-ray',
  home_appliances_2: 'Home appliances',
  home_comfort_2: 'Home comfort',
};

const sentence = (category: string): string => {
  const words = category.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Olist gives products no names: the category's, and the start of the product's id, such as `Health & beauty 4244733e`. */
export const productNameOf = (productId: string, category: string | null): string =>
  `${category ? (niceNames[category] ?? sentence(category)) : 'Uncategorized'} ${productId.slice(0, 8)}`.slice(0, 300);

/** The ground of a product without a picture: one hue a category, 0 to 359. */
export const hueOf = (category: string | null): number => {
  let hash = 2_166_136_261; // FNV-1a
  for (const character of category ?? '') hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) % 360;
};

const small = new Set(['da', 'das', 'de', 'do', 'dos', 'e']);

/** `sao jose do rio preto` → `Sao Jose do Rio Preto`. */
export const cityNameOf = (city: string): string =>
  city
    .split(' ')
    .map((word, index) => (index > 0 && small.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ')
    .slice(0, 120);
