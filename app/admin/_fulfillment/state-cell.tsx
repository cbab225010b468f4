import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import type { Fulfillment } from './use-fulfillments.ts';

/** Why it does not move, or else where it is. */
export const StateCell = ({ row }: { readonly row: Pick<Fulfillment, 'holds' | 'status'> }) => {
  const [hold, ...more] = row.holds;
  if (hold === undefined) return <StatusBadge axis="fulfillment" state={row.status} />;
  return <MarkBadge mark="hold">{more.length > 0 ? `${hold}, ${more.length} more` : hold}</MarkBadge>;
};
