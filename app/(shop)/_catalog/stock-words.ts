import type { Tone } from '../../_ui/tones.ts';

/** From here down we say how many are left. */
export const fewAreLeft = 10;

export type StockWords = { readonly words: string; readonly tone: Extract<Tone, 'good' | 'hold' | 'bad' | 'calm'> };

/** On a tile: only what a buyer must know; null when there is plenty. */
export const stockOnTile = (available: number | null): StockWords | null => {
  if (available === null || available > fewAreLeft) return null;
  return available === 0 ? { words: 'Sold out', tone: 'bad' } : { words: `${available} left`, tone: 'hold' };
};

/** On the product's page: "7 left in Porto". `nearest` is the warehouse that the buyer's parcel leaves from. */
export const stockNearby = (
  stock: { readonly available: number; readonly freeIn: Readonly<Record<string, number>> } | null,
  nearest: { readonly code: string; readonly city: string } | null,
): StockWords | null => {
  if (!stock) return null;
  if (stock.available === 0) return { words: 'Sold out', tone: 'bad' };
  const near = nearest ? (stock.freeIn[nearest.code] ?? 0) : 0;
  if (nearest && near > fewAreLeft) return { words: `In stock in ${nearest.city}`, tone: 'good' };
  if (nearest && near > 0) return { words: `${near} left in ${nearest.city}`, tone: 'hold' };
  return stock.available > fewAreLeft
    ? { words: 'In stock, sent from another warehouse', tone: 'good' }
    : { words: `${stock.available} left, sent from another warehouse`, tone: 'hold' };
};
