type Line = { readonly name: string; readonly quantity: number };

/** "6 × Accordion, 48 bass" or "1 × Teapot and 2 more lines". */
export const itemsWords = (lines: readonly Line[]): string => {
  const [first, ...more] = lines;
  if (!first) return 'No lines';
  const rest = more.length === 0 ? '' : ` and ${more.length} more ${more.length === 1 ? 'line' : 'lines'}`;
  return `${first.quantity} × ${first.name}${rest}`;
};
