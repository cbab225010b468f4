import { MarkBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import type { Fulfillment } from './use-fulfillments.ts';

/** When it has to leave: late and at risk say how late and how soon. */
export const PromiseCell = ({ row }: { readonly row: Pick<Fulfillment, 'mark' | 'shipBy'> }) => {
  if (row.mark === null) return <Time at={row.shipBy} variant="promise" quiet />;
  return (
    <MarkBadge mark={row.mark}>
      {row.mark === 'late' ? 'Late ' : 'Due in '}
      <Time at={row.shipBy} variant="age" quiet />
    </MarkBadge>
  );
};
