'use client';

import { Hand } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { countWalk, walkOf } from '#domain/fulfillment/walk.ts';
import { Button } from '../../_ui/button.tsx';
import { Bin, Sku } from '../../_ui/identifier.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Band } from '../../_ui/states.tsx';
import { Due } from '../_queue/due.tsx';
import { ShipTo } from './ship-to.tsx';
import { StepFoot } from './step-foot.tsx';
import { count, type StepProps } from './walk.ts';

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What the walk will be, before anybody has taken it. */
export const StartView = ({ fulfillment, orderId, me, commands }: StepProps<'open' | 'on_hold'>) => {
  const { fulfillmentId } = fulfillment;
  const stops = walkOf(fulfillment);
  const { units } = countWalk(stops);
  const command = { type: 'StartPicking', orderId, fulfillmentId, picker: me } as const;
  const objection = commands.objectionTo(command);
  const [refusal, setRefusal] = useState<string | null>(null);
  const start = useRef<HTMLButtonElement>(null);
  useEffect(() => start.current?.focus({ preventScroll: true }), []);
  return (
    <>
      {objection && (
        <Band tone="hold" icon={<Hand aria-hidden="true" />}>
          {objection}
        </Band>
      )}
      <div className="grid min-h-0 flex-1 content-start overflow-auto lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <RuledCells
          className="border-rule border-b bg-sheet lg:border-r"
          columns={2}
          cells={[
            {
              id: 'units',
              caption: 'To pick',
              value: count(units, 'piece', 'pieces'),
              detail: count(stops.length, 'stop', 'stops'),
            },
            {
              id: 'due',
              caption: 'Leaves',
              value: <Due shipBy={fulfillment.promise.shipBy} />,
              detail: fulfillment.shippingMethod.name,
            },
            { id: 'to', caption: 'Ship to', value: <ShipTo address={fulfillment.shipTo} /> },
            { id: 'why', caption: 'Why from here', value: sentence(fulfillment.sourcing || 'assigned by hand') },
          ]}
        />
        <section aria-labelledby="walk" className="lg:bg-sheet">
          <h2 id="walk" className="border-rule border-b px-gutter pt-3 pb-1 font-medium text-desk text-muted">
            The walk
          </h2>
          <ul>
            {stops.map((stop) => (
              <li
                key={stop.lineId}
                className="flex min-h-row items-center gap-4 border-rule border-b bg-sheet px-gutter py-2"
              >
                <Bin value={stop.bin ?? 'No bin'} copy="never" className="w-20 shrink-0 text-shop" />
                <ProductPicture
                  picture={stop.picture ?? 'package'}
                  hue={stop.hue}
                  shape="thumb"
                  className="size-10 shrink-0"
                />
                <span className="min-w-0 flex-1">
                  <span className="block break-words">{stop.name}</span>
                  <Sku value={stop.sku} copy="never" className="text-admin text-muted" />
                </span>
                <span className="font-semibold tabular-nums">{stop.quantity}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {refusal && (
        <Band tone="bad" live>
          {refusal}
        </Band>
      )}
      <StepFoot>
        <Button asChild>
          <Link href="/warehouse">Back to the queue</Link>
        </Button>
        {!objection && (
          <Button
            ref={start}
            variant="primary"
            onClick={() => {
              const ran = commands.run(command);
              setRefusal(ran.ok ? null : ran.words);
            }}
          >
            Start picking
          </Button>
        )}
      </StepFoot>
    </>
  );
};
