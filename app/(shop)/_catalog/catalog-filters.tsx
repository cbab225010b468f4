'use client';

import { useQueryStates } from 'nuqs';
import { Checkbox } from '../../_ui/checkbox.tsx';
import { FilterChip, ToggleChip } from '../../_ui/chip.tsx';
import { Select } from '../../_ui/select.tsx';
import { catalogParams, priceBandNames, priceBands, sortings } from './catalog-params.ts';
import { CategoryLinks } from './category-links.tsx';

interface CatalogFiltersProps {
  readonly category: string | null;
  readonly categories: readonly string[];
  /** Subcategories of the category. */
  readonly kinds: readonly string[];
}

const anyPrice = 'any';
const prices = [
  { value: anyPrice, label: 'Any price' },
  ...priceBandNames.map((name) => ({ value: name, label: priceBands[name].label })),
];
const orders = Object.entries(sortings).map(([value, label]) => ({ value, label }));

/** What narrows and sorts the catalog. All of it is in the address. */
export const CatalogFilters = ({ category, categories, kinds }: CatalogFiltersProps) => {
  const [choice, choose] = useQueryStates(catalogParams, { history: 'push' });
  return (
    <div className="flex flex-col gap-3">
      {category === null ? (
        <CategoryLinks categories={categories} />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row
        <div role="group" aria-label={`Kinds of ${category}`} className="flex flex-wrap gap-2">
          <ToggleChip pressed={choice.kind === ''} onPressedChange={() => void choose({ kind: '' })}>
            All
          </ToggleChip>
          {kinds.map((kind) => (
            <ToggleChip
              key={kind}
              pressed={choice.kind === kind}
              onPressedChange={(pressed) => void choose({ kind: pressed ? kind : '' })}
            >
              {kind}
            </ToggleChip>
          ))}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3 border-rule border-y py-3">
        <Select
          aria-label="Price"
          className="h-control-sm w-40 max-sm:w-[calc(50%-0.625rem)]"
          options={prices}
          value={choice.price ?? anyPrice}
          onValueChange={(value) => void choose({ price: priceBandNames.find((name) => name === value) ?? null })}
        />
        <Select
          aria-label="Sort"
          className="h-control-sm w-44 max-sm:w-[calc(50%-0.625rem)]"
          options={orders}
          value={choice.sort}
          onValueChange={(value) => void choose({ sort: catalogParams.sort.parse(value) })}
        />
        <Checkbox
          label="In stock only"
          checked={choice.stock}
          onCheckedChange={(checked) => void choose({ stock: checked === true })}
        />
        {category !== null && choice.q !== '' && (
          <FilterChip name="search" value={choice.q} onRemove={() => void choose({ q: '' })} />
        )}
      </div>
    </div>
  );
};
