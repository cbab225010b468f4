import { Sku } from '../../_ui/identifier.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import type { ShopProduct } from '../_catalog/product-tile.tsx';

interface ProductFactsProps {
  readonly product: ShopProduct;
  /** "Porto, Portugal"; null where it is not known. */
  readonly shipsFrom: string | null;
}

/** Ruled cells under the promise. */
export const ProductFacts = ({ product, shipsFrom }: ProductFactsProps) => (
  <RuledCells
    boxed
    columns={2}
    cells={[
      { id: 'from', caption: 'Ships from', value: shipsFrom ?? 'Not to this country' },
      { id: 'back', caption: 'Returns', value: '30 days, free' },
      { id: 'size', caption: 'Size', value: product.size ?? 'One size' },
      { id: 'sku', caption: 'SKU', value: <Sku value={product.sku} /> },
    ]}
  />
);
