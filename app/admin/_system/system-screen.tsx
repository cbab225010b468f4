'use client';

import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { formatCount } from '../../_ui/format.ts';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { Band, ErrorState } from '../../_ui/states.tsx';
import { Time } from '../../_ui/time.tsx';
import { ConsumerLines } from './consumer-lines.tsx';
import { DatabasePanel } from './database-panel.tsx';
import { GatewayPanel } from './gateway-panel.tsx';
import { HorizonPanel } from './horizon-panel.tsx';
import { ParkedKeys } from './parked-keys.tsx';
import { PastRebuilds } from './past-rebuilds.tsx';
import { ProcessWork } from './process-work.tsx';
import { Section } from './section.tsx';
import { isRunning } from './system-status.ts';
import { useSystemActs, useSystemStatus } from './use-system.ts';

/** How the house stands, live: readers, rebuilds, what is parked, processes, the horizon, the database. */
export const SystemScreen = () => {
  const status = useSystemStatus();
  const acts = useSystemActs();
  if (status.isPending) return <SkeletonRows count={10} what="the state of the system" />;
  if (!status.data)
    return (
      <ErrorState
        title="The state of the system could not be read."
        onRetry={() => void status.refetch()}
        reference={referenceOf(status.error)}
      >
        {wordsOf(status.error)} Nothing was changed.
      </ErrorState>
    );
  const { data } = status;
  const past = data.rebuilds.filter((rebuild) => !isRunning(rebuild));
  return (
    <div className="bg-sheet">
      <h1 className="sr-only">System</h1>
      {status.isError && (
        <Band tone="stale" live>
          Shown as of <Time at={data.at} variant="clock" quiet />. The server does not answer; asking again.
        </Band>
      )}
      <Section title="Readers of the store" trail={`${formatCount(data.head.position)} events`}>
        <ConsumerLines status={data} acts={acts} />
      </Section>
      <Section title="Parked">
        <ParkedKeys parked={data.parked} acts={acts} />
      </Section>
      <Section title="Processes">
        <ProcessWork work={data.work} acts={acts} />
      </Section>
      <Section title="Payment gateway">
        <GatewayPanel gateway={data.gateway} />
      </Section>
      <Section title="Horizon">
        <HorizonPanel horizon={data.horizon} />
      </Section>
      <Section title="Database">
        <DatabasePanel database={data.database} head={data.head} />
      </Section>
      {past.length > 0 && (
        <Section title="Past rebuilds">
          <PastRebuilds rebuilds={past} />
        </Section>
      )}
    </div>
  );
};
