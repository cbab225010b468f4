export type StockThere = 'there' | 'short' | 'unknown';

type Wanted = { readonly sku: string; readonly quantity: number };
type There = { readonly sku: string; readonly onHand: number | null; readonly unavailable: number };

/** What lies in the warehouse against what a fulfillment wants, by SKU. Unknown: the SKU's stock is not kept there. */
export const stockThereBySku = (lines: readonly Wanted[], stock: readonly There[]) =>
  stock.map(({ sku, onHand, unavailable }) => {
    const wanted = lines.filter((line) => line.sku === sku).reduce((sum, { quantity }) => sum + quantity, 0);
    const usable = onHand === null ? null : onHand - unavailable;
    const state: StockThere = usable === null ? 'unknown' : usable >= wanted ? 'there' : 'short';
    return { sku, wanted, usable, state };
  });

/** The whole fulfillment in a few words, for one cell. */
export const stockThereWords = (
  lines: readonly Wanted[],
  stock: readonly There[],
): { readonly state: StockThere; readonly words: string } => {
  const bySku = stockThereBySku(lines, stock);
  const short = bySku.filter(({ state }) => state === 'short');
  const unknown = bySku.filter(({ state }) => state === 'unknown');
  const [only] = bySku;
  if (short.length > 0) {
    const [first] = short;
    const words =
      bySku.length === 1
        ? `${first?.usable ?? 0} of ${first?.wanted ?? 0} there`
        : `${short.length} of ${bySku.length} short`;
    return { state: 'short', words };
  }
  if (unknown.length > 0) return { state: 'unknown', words: 'Stock not kept' };
  if (bySku.length === 1 && only) return { state: 'there', words: `${only.usable ?? 0} on hand` };
  return { state: 'there', words: `All ${bySku.length} there` };
};
