import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { catalog } from './catalog.ts';
import { categories } from './catalog-product.ts';
import { warehouses } from './warehouses.ts';

const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);

test('has at least 64 products in every category, and no SKU, bin or picture twice', () => {
  expect(catalog.length).toBeGreaterThanOrEqual(64);
  expect(categories.filter((category) => !catalog.some((product) => product.category === category))).toEqual([]);
  expect(repeated(catalog.map((product) => product.sku))).toEqual([]);
  expect(repeated(catalog.map((product) => product.bin))).toEqual([]);
  expect(repeated(catalog.map((product) => product.picture))).toEqual([]);
});

test('every picture is in the icon package', () => {
  const { icons } = createRequire(import.meta.url)('@iconify-json/fluent-emoji/icons.json');
  expect(catalog.filter((product) => icons[product.picture] === undefined)).toEqual([]);
});

test('warehouses name the countries that they serve nearest first, their own before all', () => {
  for (const { country, serves } of warehouses) {
    const days = serves.map((served) => served.transitDays);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect(serves[0]?.country).toBe(country);
    expect(repeated(serves.map((served) => served.country))).toEqual([]);
  }
});
