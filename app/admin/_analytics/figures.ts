import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';

export type Overview = inferRouterOutputs<AppRouter>['admin']['analytics']['overview'];
type Period = Overview['periods'][number];
type Measure = Exclude<keyof Period, 'start'>;

const total = (periods: readonly Period[], measure: Measure): number =>
  periods.reduce((sum, period) => sum + period[measure], 0);

/** The figures over the whole range. Averages are null where nothing is averaged. */
export const figuresOf = (periods: readonly Period[]) => {
  const orders = total(periods, 'orders');
  const shipped = total(periods, 'shipped');
  const orderedMinor = total(periods, 'orderedMinor');
  return {
    revenueMinor: total(periods, 'revenueMinor'),
    orders,
    averageMinor: orders === 0 ? null : Math.round(orderedMinor / orders),
    shipHours: shipped === 0 ? null : total(periods, 'shipSeconds') / shipped / 3_600,
    refundedMinor: total(periods, 'refundedMinor'),
    refunds: total(periods, 'refunds'),
    lost: total(periods, 'rejected') + total(periods, 'canceled'),
  };
};
