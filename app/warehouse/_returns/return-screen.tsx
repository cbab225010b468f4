'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, Hand } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { FulfillmentId, OrderId } from '#domain/shared/ids.ts';
import { type ReturnStatus, returnsOf } from '#domain/waybill/returns.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useLiveOrder } from '../../_trpc/use-live-order.ts';
import { Button } from '../../_ui/button.tsx';
import { CopyBar } from '../../_ui/copy-bar.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { Band, EmptyState, ErrorState } from '../../_ui/states.tsx';
import { OfflineBand } from '../_walk/offline-band.tsx';
import { ProblemBands } from '../_walk/problem-bands.tsx';
import { StepFoot } from '../_walk/step-foot.tsx';
import { useFloorCommands } from '../_walk/use-floor-commands.ts';
import { InspectView } from './inspect-view.tsx';
import { InspectedList } from './inspected-list.tsx';
import { ReceiveView } from './receive-view.tsx';
import { productOf, type ReturnStepProps, returnsHref } from './return-step.ts';

const trailWords: Readonly<Record<ReturnStatus, string>> = {
  requested: 'Not approved',
  approved: 'On its way',
  declined: 'Declined',
  received: 'To inspect',
  inspected: 'Inspected',
};

const ToReturns = () => (
  <Button variant="primary" asChild>
    <Link href={returnsHref}>Back to the returns</Link>
  </Button>
);

/** What was found, and that the rest goes on by itself. */
const Inspected = ({ asked, fulfillment }: ReturnStepProps) => {
  const next = useRef<HTMLAnchorElement>(null);
  useEffect(() => next.current?.focus({ preventScroll: true }), []);
  const inspected = asked.goods?.inspected ?? [];
  const isMadeGood = inspected.some(({ disposition }) => disposition !== 'refused');
  return (
    <>
      <div className="min-h-0 flex-1 overflow-auto">
        <div role="status" className="border-rule border-b px-gutter py-4">
          <p className="text-section">The inspection is done.</p>
          <p className="text-muted">
            {isMadeGood
              ? `The ${asked.resolution === 'refund' ? 'refund' : 'replacement'} goes out by itself.${inspected.some(({ disposition }) => disposition === 'restock') ? ' Put what is back on sale into its bin.' : ''}`
              : 'All of it was refused: send it back to the customer. Nothing is refunded.'}
          </p>
        </div>
        <InspectedList
          label="What was found"
          rows={(asked.goods?.received ?? []).map(({ lineId, quantity }) => ({
            lineId,
            quantity,
            ...productOf(fulfillment, lineId),
            verdicts: inspected.filter((line) => line.lineId === lineId),
          }))}
        />
      </div>
      <StepFoot>
        <Button variant="primary" asChild>
          <Link ref={next} href={returnsHref}>
            Next return
          </Link>
        </Button>
      </StepFoot>
    </>
  );
};

const Step = (props: ReturnStepProps) => {
  const { asked } = props;
  switch (asked.status) {
    case 'approved':
      return <ReceiveView {...props} />;
    case 'received':
      return <InspectView {...props} />;
    case 'inspected':
      return <Inspected {...props} />;
    case 'requested':
    case 'declined':
      return (
        <>
          <Band tone="hold" live icon={<Hand aria-hidden="true" />}>
            {asked.status === 'requested'
              ? 'Support has not approved this return yet.'
              : 'Support has declined this return.'}
          </Band>
          <EmptyState title="Put the parcel aside." action={<ToReturns />}>
            {asked.status === 'requested'
              ? 'It can be received as soon as it is approved; this page says so by itself.'
              : 'It belongs to the customer: send it back as it is.'}
          </EmptyState>
        </>
      );
  }
};

interface LoadedProps {
  readonly fulfillmentId: FulfillmentId;
  readonly returnId: string;
  readonly found: NonNullable<RouterOutputs['warehouse']['fulfillment']['get']>;
}

const Missing = () => (
  <EmptyState title="There is no such return." action={<ToReturns />}>
    It may be on its way still: look for it among the returns.
  </EmptyState>
);

const Loaded = ({ fulfillmentId, returnId, found }: LoadedProps) => {
  const trpc = useTRPC();
  const orderId = found.orderId as OrderId;
  const refresh = [trpc.warehouse.fulfillment.get.queryKey({ fulfillmentId })];
  useLiveOrder({ orderId, after: found.at, refresh });
  const commands = useFloorCommands(orderId, { waybill: found.waybill, refresh });
  const router = useRouter();
  useShortcuts({ q: () => router.push(returnsHref) });
  const fulfillment = commands.waybill?.fulfillments[fulfillmentId];
  const asked = commands.waybill && returnsOf(commands.waybill).find((each) => each.returnId === returnId);
  if (!fulfillment) return null;
  return (
    <div className="flex h-full flex-col">
      <div className="shrink-0">
        <CopyBar
          title={
            <Link href={returnsHref} className="inline-flex min-h-12 max-w-full items-center gap-1.5 rounded-badge">
              <ChevronLeft aria-hidden="true" className="size-5 shrink-0" />
              <span className="sr-only">Back to the returns from </span>
              {found.city}, <OrderNumber value={fulfillment.orderNumber} copy="never" />
            </Link>
          }
          trail={asked && trailWords[asked.status]}
        />
        <OfflineBand />
      </div>
      <ProblemBands commands={commands} people={found.people} />
      {asked ? <Step asked={asked} fulfillment={fulfillment} orderId={orderId} commands={commands} /> : <Missing />}
    </div>
  );
};

interface ReturnScreenProps {
  readonly fulfillmentId: FulfillmentId;
  readonly returnId: string;
}

/** One return from the carrier's van to the shelf: it is counted, then each unit is looked at. */
export const ReturnScreen = ({ fulfillmentId, returnId }: ReturnScreenProps) => {
  const trpc = useTRPC();
  const query = useQuery(trpc.warehouse.fulfillment.get.queryOptions({ fulfillmentId }));
  if (query.data) return <Loaded fulfillmentId={fulfillmentId} returnId={returnId} found={query.data} />;
  return (
    <>
      <CopyBar title="Returns" />
      {query.isPending ? (
        <SkeletonRows count={6} what="the return" />
      ) : query.isError ? (
        <ErrorState
          title="The return could not be read."
          onRetry={() => void query.refetch()}
          reference={referenceOf(query.error)}
        >
          {wordsOf(query.error)} What was counted is safe.
        </ErrorState>
      ) : (
        <Missing />
      )}
    </>
  );
};
