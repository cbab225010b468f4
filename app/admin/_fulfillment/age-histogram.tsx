'use client';

import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';
import { Chart } from '../../_ui/chart.tsx';
import { formatCount } from '../../_ui/format.ts';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';

type Summary = inferRouterOutputs<AppRouter>['admin']['fulfillment']['summary'];

const boundWords = (hours: number): string => (hours < 48 ? `${hours} h` : `${hours / 24} d`);

/** More colours than this can't be told apart: the smallest warehouses share the last. */
const seriesMost = 6;

/** How long what waits has waited; a colour a warehouse. */
export const AgeHistogram = ({ summary }: { readonly summary: Pick<Summary, 'ages' | 'ageBoundsHours'> }) => {
  const { nameOf } = useWarehouseNames();
  const { ages, ageBoundsHours: bounds } = summary;
  const totals = new Map<string, number>();
  for (const { warehouse, count } of ages) totals.set(warehouse, (totals.get(warehouse) ?? 0) + count);
  const codes = [...totals.keys()].toSorted();
  const largest = codes.toSorted((a, b) => (totals.get(b) ?? 0) - (totals.get(a) ?? 0));
  const own = codes.length <= seriesMost ? codes : largest.slice(0, seriesMost - 1).toSorted();
  const others = codes.filter((code) => !own.includes(code));
  const countAt = (warehouses: readonly string[], bucket: number) =>
    ages
      .filter((age) => age.bucket === bucket && warehouses.includes(age.warehouse))
      .reduce((sum, { count }) => sum + count, 0);
  return (
    <Chart
      title="Age of what waits"
      subtitle="Fulfillments by time since they came to the warehouse"
      kind="bar"
      stacked
      height={96}
      series={[
        ...own.map((code) => ({ key: code, label: nameOf(code) })),
        ...(others.length > 0 ? [{ key: 'others', label: `${formatCount(others.length)} others` }] : []),
      ]}
      points={bounds.map((hours, bucket) => {
        const next = bounds[bucket + 1];
        return {
          label: next === undefined ? `Over ${boundWords(hours)}` : `Under ${boundWords(next)}`,
          values: {
            ...Object.fromEntries(own.map((code) => [code, countAt([code], bucket)])),
            ...(others.length > 0 ? { others: countAt(others, bucket) } : {}),
          },
        };
      })}
      format={formatCount}
    />
  );
};
