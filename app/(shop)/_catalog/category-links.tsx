'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { categoryHref } from './category-href.ts';

/** Every category as a pill that keeps what else is chosen: a search can be narrowed to one of them. */
export const CategoryLinks = ({ categories }: { readonly categories: readonly string[] }) => {
  const kept = useSearchParams().toString();
  return (
    <nav aria-label="Narrow to a category">
      <ul className="flex flex-wrap gap-2">
        {categories.map((category) => (
          <li key={category}>
            <Link
              href={`${categoryHref(category)}${kept ? `?${kept}` : ''}`}
              className="inline-flex h-control-sm items-center whitespace-nowrap rounded-full border border-rule bg-sheet px-3.5 font-medium text-muted hover:bg-tint hover:text-ink"
            >
              {category}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
