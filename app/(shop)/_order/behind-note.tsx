import { CircleAlert } from 'lucide-react';
import { Time } from '../../_ui/time.tsx';

/** That what is shown is of an earlier moment, for whoever waits for a change to show. */
export const BehindNote = ({ since }: { readonly since: number }) => (
  <p role="status" className="mb-4 flex items-center gap-2 rounded-control bg-stale-bg px-4 py-2 text-stale">
    <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
    <span>
      Shown as of <Time at={since} variant="clock" quiet />. Newer changes are on their way.
    </span>
  </p>
);
