import { aggregateFold, defineProjection, factFold, rowFold } from './define-projection.ts';
import { orderSearchFold, orderSearchTable } from './order-search-filters.ts';
import {
  evolveSearchWords,
  orderSearchIdentifiersTable,
  orderSearchVocabularyTable,
  orderSearchWordsTable,
  searchIdentifiers,
  searchVocabulary,
  searchWordsKey,
} from './order-search-text.ts';

/**
 * The desk's list and search. Tables apart, so that a change of status touches no text, and a tracking number no
 * words: an index over words costs 25 times as much as a row (docs/adr/0012-search-tables.md).
 */
export const orderSearch = defineProjection({
  name: 'order_search',
  version: 2,
  reads: 'orders',
  folds: [
    rowFold({ table: orderSearchTable, key: (event) => event.orderKey, ...orderSearchFold }),
    aggregateFold({
      table: orderSearchWordsTable,
      key: searchWordsKey,
      evolve: evolveSearchWords,
      aggregates: [orderSearchVocabularyTable],
      contributions: searchVocabulary,
    }),
    factFold({ table: orderSearchIdentifiersTable, owner: 'orderKey', rows: searchIdentifiers }),
  ],
});
