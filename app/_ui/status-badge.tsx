import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import {
  type FulfillmentStatus,
  fulfillmentLooks,
  markLooks,
  type OrderStatus,
  orderLooks,
  type PaymentStatus,
  paymentLooks,
  type StatusMark,
} from './status.ts';
import { type Tone, toneOnGround } from './tones.ts';

export interface BadgeProps {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** 20 px, icon and word. The border is invisible but for forced colours; pencil is dashed and unfilled. */
export const Badge = ({ icon: Icon, tone, className, children }: BadgeProps) => (
  <span
    className={cn(
      'settle inline-flex h-5 max-w-full items-center align-middle gap-1 whitespace-nowrap rounded-badge border px-1.5 text-meta',
      tone === 'pencil' ? 'border-pencil border-dashed text-pencil' : ['border-transparent', toneOnGround[tone]],
      className,
    )}
  >
    <Icon aria-hidden="true" className="size-3.5 shrink-0" />
    <span className="truncate">{children}</span>
  </span>
);

export type StatusBadgeProps = { readonly className?: string | undefined } & (
  | { readonly axis: 'order'; readonly state: OrderStatus }
  | { readonly axis: 'payment'; readonly state: PaymentStatus }
  | { readonly axis: 'fulfillment'; readonly state: FulfillmentStatus }
);

/** The badge of one axis. Show axes in the fixed sequence order, payment, fulfillment. */
export const StatusBadge = ({ className, ...status }: StatusBadgeProps) => {
  const look =
    status.axis === 'order'
      ? orderLooks[status.state]
      : status.axis === 'payment'
        ? paymentLooks[status.state]
        : fulfillmentLooks[status.state];
  return (
    <Badge icon={look.icon} tone={look.tone} className={className}>
      {look.word}
    </Badge>
  );
};

export interface MarkBadgeProps {
  readonly mark: StatusMark;
  /** Replaces the word: a hold's reason ("Address check"), what is pending ("Cancelling"), "As of 14:02". */
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

/** Late, at risk, hold with its reason, pending, stale. */
export const MarkBadge = ({ mark, children, className }: MarkBadgeProps) => {
  const look = markLooks[mark];
  return (
    <Badge icon={look.icon} tone={look.tone} className={className}>
      {children ?? look.word}
    </Badge>
  );
};

export interface OrderBadgesProps {
  readonly order: OrderStatus;
  readonly payment?: PaymentStatus | undefined;
  readonly fulfillment?: FulfillmentStatus | undefined;
  readonly className?: string | undefined;
}

/** The three axes of one order, in their sequence. Of a draft nothing is to be paid yet. */
export const OrderBadges = ({ order, payment, fulfillment, className }: OrderBadgesProps) => (
  <span className={cn('inline-flex flex-wrap items-center gap-2', className)}>
    <StatusBadge axis="order" state={order} />
    {payment && order !== 'draft' && order !== 'discarded' && <StatusBadge axis="payment" state={payment} />}
    {fulfillment && <StatusBadge axis="fulfillment" state={fulfillment} />}
  </span>
);
