'use client';

import type { ReactNode } from 'react';
import { mailNames } from '#domain/waybill/event-words.ts';
import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Identifier, OrderNumber } from '../../_ui/identifier.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Time } from '../../_ui/time.tsx';
import { spanWords } from './lag-words.ts';
import type { SystemStatus } from './system-status.ts';
import type { useSystemActs } from './use-system.ts';

const OrderName = ({ number, orderKey }: { readonly number: string | null; readonly orderKey: string }) =>
  number ? <OrderNumber value={number} /> : <Identifier value={orderKey} what="order" />;

interface WorkRowProps {
  readonly title: ReactNode;
  readonly error: string | null;
  readonly meta: ReactNode;
  readonly onRetry?: () => void;
}

const WorkRow = ({ title, error, meta, onRetry }: WorkRowProps) => (
  <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-rule border-t py-3">
    <div className="min-w-0 flex-1 basis-80">
      <p>{title}</p>
      {error && <p className="break-words text-bad">{error}</p>}
      <p className="text-meta text-muted">{meta}</p>
    </div>
    {onRetry && (
      <Button size="sm" onClick={onRetry}>
        Retry
      </Button>
    )}
  </li>
);

const Titled = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <>
    <h3 className="pt-5 pb-1 font-semibold">{title}</h3>
    {children}
  </>
);

interface ProcessWorkProps {
  readonly work: SystemStatus['work'];
  readonly acts: ReturnType<typeof useSystemActs>;
}

/** Calls to the outside and timers: what waits, what was given up, what was refused. */
export const ProcessWork = ({ work, acts }: ProcessWorkProps) => {
  const { effects, timers, givenUp, parked, refused, refusedCount } = work;
  return (
    <>
      <RuledCells
        boxed
        size="money"
        cells={[
          {
            id: 'due',
            caption: 'Calls due',
            value: formatCount(effects.due),
            detail: effects.overdueMs > 1_000 ? `oldest due for ${spanWords(effects.overdueMs)}` : 'none overdue',
          },
          {
            id: 'acknowledged',
            caption: 'Awaiting an answer',
            value: formatCount(effects.acknowledged),
            detail: 'sent and taken',
          },
          { id: 'gave-up', caption: 'Given up', value: formatCount(effects.gaveUp), detail: 'wait for a person' },
          {
            id: 'timers',
            caption: 'Timers',
            value: formatCount(timers.waiting),
            detail: timers.nextAt ? (
              <>
                next <Time at={timers.nextAt} quiet />
              </>
            ) : (
              'none set'
            ),
          },
          { id: 'failing', caption: 'Timers failing', value: formatCount(timers.failing), detail: 'tried again' },
          {
            id: 'refused',
            caption: 'Commands refused',
            value: formatCount(refusedCount),
            detail: 'races that were lost',
          },
        ]}
      />
      {givenUp.length > 0 && (
        <Titled title="Given up">
          <ul>
            {givenUp.map((effect) => (
              <WorkRow
                key={effect.effectId}
                title={
                  <>
                    {effect.template ? `The mail “${mailNames[effect.template]}”` : effect.kind} for{' '}
                    <OrderName number={effect.orderNumber} orderKey={effect.orderKey} /> was given up
                  </>
                }
                error={effect.error}
                meta={
                  <>
                    Asked for <Time at={effect.requestedAt} />, tried{' '}
                    {effect.attempts === 1 ? 'once' : `${formatCount(effect.attempts)} times`}
                  </>
                }
                onRetry={() => acts.retryEffect.mutate({ effectId: effect.effectId })}
              />
            ))}
          </ul>
        </Titled>
      )}
      {parked.length > 0 && (
        <Titled title="Parked orders">
          <ul>
            {parked.map((order) => (
              <WorkRow
                key={order.orderKey}
                title={
                  <>
                    <OrderName number={order.orderNumber} orderKey={order.orderKey} /> waits with{' '}
                    {formatCount(order.waiting)} {order.waiting === 1 ? 'event' : 'events'}. All other orders go on.
                  </>
                }
                error={order.error}
                meta={
                  <>
                    Since <Time at={order.since} />, tried {formatCount(order.attempts)} times, next{' '}
                    <Time at={order.retryAt} />
                  </>
                }
                onRetry={() => acts.retryOrder.mutate({ orderKey: order.orderKey })}
              />
            ))}
          </ul>
        </Titled>
      )}
      {refused.length > 0 && (
        <details className="pt-4">
          <summary className="cursor-pointer font-semibold">Latest refused commands</summary>
          <ul className="pt-2">
            {refused.map((command) => (
              <WorkRow
                key={command.commandId}
                title={
                  <>
                    {command.type} on <OrderName number={command.orderNumber} orderKey={command.orderKey} />:{' '}
                    {command.code}
                  </>
                }
                error={null}
                meta={<Time at={command.at} />}
              />
            ))}
          </ul>
        </details>
      )}
    </>
  );
};
