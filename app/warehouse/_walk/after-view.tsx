'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { walkOf } from '#domain/fulfillment/walk.ts';
import { Button } from '../../_ui/button.tsx';
import { TrackingNumber } from '../../_ui/identifier.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { StatusBadge } from '../../_ui/status-badge.tsx';
import { PackingList } from './packing-list.tsx';
import { StepFoot } from './step-foot.tsx';
import type { StepProps } from './walk.ts';

const whatToDo = {
  shipped: 'It is with the carrier. The next order waits in the queue.',
  delivered: 'It has arrived.',
  delivery_failed: 'The carrier could not hand it over. Support talks to the customer.',
  canceled: 'Put whatever lies in the tote back into its bins.',
};

/** What is out of the warehouse's hands. */
export const AfterView = ({ fulfillment }: StepProps<'shipped' | 'delivered' | 'delivery_failed' | 'canceled'>) => {
  const back = useRef<HTMLAnchorElement>(null);
  useEffect(() => back.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <div className="grid min-h-0 flex-1 content-start overflow-auto lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <section className="border-rule border-b bg-sheet lg:border-r">
          <div className="flex flex-col items-start gap-2 px-gutter py-6">
            <StatusBadge axis="fulfillment" state={fulfillment.status} />
            <p className="text-section">{whatToDo[fulfillment.status]}</p>
            {fulfillment.status === 'delivery_failed' && <p className="text-muted">{fulfillment.failure}</p>}
            {fulfillment.status === 'canceled' && <p className="text-muted">{fulfillment.cancelReason}</p>}
          </div>
          {fulfillment.status !== 'canceled' && (
            <RuledCells
              className="border-rule border-t"
              columns={2}
              cells={[
                { id: 'carrier', caption: 'Carrier', value: fulfillment.carrier },
                {
                  id: 'tracking',
                  caption: 'Tracking number',
                  value: <TrackingNumber value={fulfillment.trackingNumber} copy="always" />,
                },
              ]}
            />
          )}
        </section>
        <section aria-label="Packing list" className="lg:bg-sheet">
          <PackingList fulfillment={fulfillment} stops={walkOf(fulfillment)} />
        </section>
      </div>
      <StepFoot>
        <Button variant="primary" asChild>
          <Link ref={back} href="/warehouse">
            Back to the queue
          </Link>
        </Button>
      </StepFoot>
    </>
  );
};
