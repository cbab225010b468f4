import { Time } from '../../_ui/time.tsx';
import type { SystemStatus } from './system-status.ts';

const names = { simulated: 'The simulated gateway, which moves no money,', stripe: 'Stripe' } as const;

/** Whether payments get through, and if not, when they are tried again. */
export const GatewayPanel = ({ gateway }: { readonly gateway: SystemStatus['gateway'] }) => {
  const { name, state, since, retryAt, reason } = gateway;
  if (state === 'closed') return <p>{names[name]} takes the payments.</p>;
  return (
    <>
      <p className="font-semibold text-hold">
        {state === 'open'
          ? `${names[name]} keeps failing: payments wait, and none is lost.`
          : `${names[name]} kept failing: one payment tries whether it is well again.`}
      </p>
      {reason && <p className="break-words text-bad">{reason}</p>}
      <p className="text-meta text-muted">
        Since {since ? <Time at={since} /> : 'a moment ago'}
        {state === 'open' && retryAt && (
          <>
            , tried again at <Time at={retryAt} variant="clock" />
          </>
        )}
      </p>
    </>
  );
};
