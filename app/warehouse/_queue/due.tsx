import { urgencyOf } from '#domain/fulfillment/urgency.ts';
import { formatClock, formatDate, formatRelative } from '../../_ui/format.ts';
import { MarkBadge } from '../../_ui/status-badge.tsx';
import { useNow, useZone } from '../../_ui/time.tsx';

const dayMs = 86_400_000;

/** When it must leave: "Late 9 h", "By 15:30", "Mon 23 Nov, 16:00". */
export const Due = ({ shipBy }: { readonly shipBy: string }) => {
  const now = useNow();
  const zone = useZone();
  const at = Date.parse(shipBy);
  const urgency = urgencyOf(shipBy, now);
  const clock = formatClock(at, zone).slice(0, 5);
  if (urgency === 'late') return <MarkBadge mark="late">Late {formatRelative(at, now, true)}</MarkBadge>;
  if (urgency === 'at_risk') return <MarkBadge mark="at_risk">By {clock}</MarkBadge>;
  return (
    <span suppressHydrationWarning className="whitespace-nowrap text-admin text-muted tabular-nums">
      {at - now < dayMs ? `By ${clock}` : `${formatDate(at, zone, true)}, ${clock}`}
    </span>
  );
};
