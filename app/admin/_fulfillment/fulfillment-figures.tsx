'use client';

import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';
import { formatCount } from '../../_ui/format.ts';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Skeleton } from '../../_ui/skeleton.tsx';
import { Time } from '../../_ui/time.tsx';
import type { DashboardFilters, marks } from './filters.ts';

type Figures = inferRouterOutputs<AppRouter>['admin']['fulfillment']['summary']['figures'];

interface FulfillmentFiguresProps {
  readonly figures: Figures | undefined;
  readonly filters: DashboardFilters;
  readonly onMark: (mark: (typeof marks)[number] | null) => void;
  readonly onOrder: (order: DashboardFilters['order']) => void;
}

/** Late, at risk, holds, ready: each filters the list. Oldest puts the oldest first. */
export const FulfillmentFigures = ({ figures, filters, onMark, onOrder }: FulfillmentFiguresProps) => {
  const mark = (id: (typeof marks)[number], caption: string, value: number | undefined, detail: string) => ({
    id,
    caption,
    value: value === undefined ? <Skeleton className="my-1 h-6 w-14" /> : formatCount(value),
    detail,
    current: filters.mark === id,
    onPress: () => onMark(filters.mark === id ? null : id),
  });
  return (
    <RuledCells
      size="figure"
      cells={[
        mark('late', 'Late', figures?.late, 'should have left'),
        mark('at_risk', 'At risk', figures?.atRisk, 'due within 4 h'),
        mark('holds', 'Holds', figures?.holds, 'wait for a decision'),
        mark('ready', 'Ready', figures?.ready, 'can be picked'),
        {
          id: 'oldest',
          caption: 'Oldest',
          value: figures?.oldestAt ? (
            <Time at={figures.oldestAt} variant="age" quiet />
          ) : figures ? (
            'None'
          ) : (
            <Skeleton className="my-1 h-6 w-14" />
          ),
          detail: 'oldest first',
          current: filters.order === 'age',
          onPress: () => onOrder(filters.order === 'age' ? 'promise' : 'age'),
        },
      ]}
    />
  );
};
