'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, UserRound } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import { countWalk, walkOf } from '#domain/fulfillment/walk.ts';
import type { FulfillmentId, OrderId } from '#domain/shared/ids.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useLiveOrder } from '../../_trpc/use-live-order.ts';
import { Button } from '../../_ui/button.tsx';
import { CopyBar } from '../../_ui/copy-bar.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { Band, EmptyState, ErrorState } from '../../_ui/states.tsx';
import { useOutbox } from '../_outbox/outbox-provider.tsx';
import { AfterView } from './after-view.tsx';
import { OfflineBand } from './offline-band.tsx';
import { PackView } from './pack-view.tsx';
import { PickView } from './pick-view.tsx';
import { ProblemBands } from './problem-bands.tsx';
import { ShipView } from './ship-view.tsx';
import { StartView } from './start-view.tsx';
import { useFloorCommands } from './use-floor-commands.ts';
import type { StepProps } from './walk.ts';

const trailOf = (fulfillment: ExistingFulfillment): string => {
  const { units, picked, missing } = countWalk(walkOf(fulfillment));
  switch (fulfillment.status) {
    case 'open':
    case 'on_hold':
      return `${units} to pick`;
    case 'picking':
      return `${picked} of ${units - missing}`;
    case 'packed':
      return 'Packed';
    case 'shipped':
    case 'delivered':
    case 'delivery_failed':
      return 'Shipped';
    case 'canceled':
      return 'Canceled';
  }
};

/** The view of a fulfillment's next step. */
const Step = (props: Omit<StepProps, 'fulfillment'> & { readonly fulfillment: ExistingFulfillment }) => {
  const { fulfillment, me, people, ...rest } = props;
  const [isPacking, setIsPacking] = useState(false);
  const [helps, setHelps] = useState(false);
  const common = { ...rest, me, people };
  switch (fulfillment.status) {
    case 'open':
    case 'on_hold':
      return <StartView {...common} fulfillment={fulfillment} />;
    case 'picking':
      if (fulfillment.picker !== me && !helps)
        return (
          <>
            <Band tone="hold" live icon={<UserRound aria-hidden="true" />}>
              {people[fulfillment.picker] ?? 'A colleague'} is picking this order.
            </Band>
            <EmptyState
              title="One order, one tote."
              action={
                <div className="flex flex-wrap gap-2.5">
                  <Button variant="primary" asChild>
                    <Link href="/warehouse">Back to the queue</Link>
                  </Button>
                  <Button onClick={() => setHelps(true)}>Pick into the same tote</Button>
                </div>
              }
            >
              Take another one, or walk along: what you scan then counts for the same order.
            </EmptyState>
          </>
        );
      return isPacking ? (
        <PackView {...common} fulfillment={fulfillment} onBack={() => setIsPacking(false)} />
      ) : (
        <PickView {...common} fulfillment={fulfillment} onPack={() => setIsPacking(true)} />
      );
    case 'packed':
      return <ShipView {...common} fulfillment={fulfillment} />;
    case 'shipped':
    case 'delivered':
    case 'delivery_failed':
    case 'canceled':
      return <AfterView {...common} fulfillment={fulfillment} />;
  }
};

interface LoadedProps {
  readonly fulfillmentId: FulfillmentId;
  readonly orderId: OrderId;
  readonly found: NonNullable<ReturnType<typeof useFulfillment>['data']>;
}

const useFulfillment = (fulfillmentId: FulfillmentId) => {
  const trpc = useTRPC();
  return useQuery(trpc.warehouse.fulfillment.get.queryOptions({ fulfillmentId }));
};

const Loaded = ({ fulfillmentId, orderId, found }: LoadedProps) => {
  const trpc = useTRPC();
  const { pickerId } = useOutbox();
  const refresh = [trpc.warehouse.fulfillment.get.queryKey({ fulfillmentId })];
  useLiveOrder({ orderId, after: found.at, refresh });
  const commands = useFloorCommands(orderId, { waybill: found.waybill, refresh });
  const router = useRouter();
  useShortcuts({ q: () => router.push('/warehouse') });
  const fulfillment = commands.waybill?.fulfillments[fulfillmentId];
  if (!fulfillment) return null;
  const { city, people, weights } = found;
  return (
    <div className="flex h-full flex-col">
      <div className="shrink-0">
        <CopyBar
          className="print:hidden"
          title={
            <Link href="/warehouse" className="inline-flex min-h-12 max-w-full items-center gap-1.5 rounded-badge">
              <ChevronLeft aria-hidden="true" className="size-5 shrink-0" />
              <span className="sr-only">Back to the queue from </span>
              {city}, <OrderNumber value={fulfillment.orderNumber} copy="never" />
            </Link>
          }
          trail={trailOf(fulfillment)}
        />
        <OfflineBand />
      </div>
      <ProblemBands commands={commands} people={people} />
      <Step
        fulfillment={fulfillment}
        orderId={orderId}
        city={city}
        me={pickerId}
        people={people}
        weights={weights}
        commands={commands}
      />
    </div>
  );
};

/** One fulfillment from the shelf to the carrier: each state shows the step that it waits for. */
export const WalkScreen = ({ fulfillmentId }: { readonly fulfillmentId: FulfillmentId }) => {
  const query = useFulfillment(fulfillmentId);
  const bar = <CopyBar title="Warehouse" />;
  if (query.isPending)
    return (
      <>
        {bar}
        <SkeletonRows count={6} what="the order" />
      </>
    );
  if (query.data)
    return <Loaded fulfillmentId={fulfillmentId} orderId={query.data.orderId as OrderId} found={query.data} />;
  return (
    <>
      {bar}
      {query.isError ? (
        <ErrorState
          title="The order could not be read."
          onRetry={() => void query.refetch()}
          reference={referenceOf(query.error)}
        >
          {wordsOf(query.error)} What was scanned is safe.
        </ErrorState>
      ) : (
        <EmptyState
          title="There is no such order on the floor."
          action={
            <Button variant="primary" asChild>
              <Link href="/warehouse">Back to the queue</Link>
            </Button>
          }
        >
          It may have been sent to another warehouse.
        </EmptyState>
      )}
    </>
  );
};
