import type { OlistOrder } from './olist-order.ts';
import type { Instant } from './sao-paulo-time.ts';

/**
 * How far an order came, and when. A step that was never reached is null; one without a date of its own takes the
 * time of the step before.
 */
export type Steps = {
  readonly placedAt: string;
  /** Paid and confirmed. */
  readonly approvedAt: string | null;
  /** Parcels exist: no later than the first that is known of them. */
  readonly sourcedAt: string | null;
  readonly pickingAt: string | null;
  readonly shippedAt: string | null;
  readonly deliveredAt: string | null;
  readonly closed: 'completed' | 'canceled' | 'unavailable' | null;
  /** Of the last dated step. */
  readonly lastAt: string;
};

const earliest = (first: string, ...others: readonly (string | null)[]): string =>
  others.reduce<string>((least, iso) => (iso !== null && iso < least ? iso : least), first);

const latest = (first: Instant, ...others: readonly (Instant | null)[]): string =>
  others.reduce<Instant>((most, one) => (one && one.epochMs > most.epochMs ? one : most), first).iso;

/** Which steps an order went through, by its status and its dates; where they differ, a date counts more. Pure. */
export const stepsOf = (order: OlistOrder): Steps => {
  const { status, purchased, approved, handedToCarrier, delivered } = order;
  const placedAt = purchased.iso;
  const lastAt = latest(purchased, approved, handedToCarrier, delivered);

  const isDelivered = delivered !== null || status === 'delivered';
  const isShipped = isDelivered || handedToCarrier !== null || status === 'shipped';
  const awaitsShipping = status === 'approved' || status === 'processing' || status === 'invoiced';
  // An order without lines has nothing to be packed.
  const isSourced = isShipped || (awaitsShipping && order.items.length > 0);
  const isApproved = isShipped || awaitsShipping || approved !== null;

  const approvedAt = isApproved ? (approved?.iso ?? placedAt) : null;
  const shippedAt = isShipped ? (handedToCarrier?.iso ?? approvedAt ?? placedAt) : null;
  const deliveredAt = isDelivered ? (delivered?.iso ?? shippedAt ?? placedAt) : null;
  const sourcedAt = isSourced ? earliest(approvedAt ?? placedAt, shippedAt, deliveredAt) : null;
  const pickingAt = status === 'processing' && !isShipped ? sourcedAt : null;
  const closed =
    status === 'canceled' || status === 'unavailable' ? status : deliveredAt !== null ? ('completed' as const) : null;
  return { placedAt, approvedAt, sourcedAt, pickingAt, shippedAt, deliveredAt, closed, lastAt };
};
