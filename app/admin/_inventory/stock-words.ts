import type { StockMeasure } from '#domain/inventory/ledger.ts';

export const measureWords: Readonly<Record<StockMeasure, string>> = {
  onHand: 'On hand',
  reserved: 'Reserved',
  allocated: 'Allocated',
  unavailable: 'Unavailable',
  available: 'Available',
};

/** What the number counts, for those who open it. */
export const measureMeanings: Readonly<Record<StockMeasure, string>> = {
  onHand: 'Everything that lies on the shelves.',
  reserved: 'Ordered, and not yet assigned to a warehouse.',
  allocated: 'Assigned to orders that are about to be picked.',
  unavailable: 'Damaged, missing or not to be sold.',
  available: 'On hand less reserved, allocated and unavailable: what can be bought.',
};

/** Why stock is corrected. The reason is kept with the event for ever. */
export const adjustReasons = ['Counted again', 'Damaged', 'Lost', 'Found', 'Sent back to the supplier', 'Given away'];
