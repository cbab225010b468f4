'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { isErased } from '#domain/shared/personal.ts';
import { countAsOf } from '#domain/waybill/as-of.ts';
import { changesBetween } from '#domain/waybill/changes.ts';
import { describeEvent } from '#domain/waybill/event-words.ts';
import { blankWaybill } from '#domain/waybill/state.ts';
import { codeOf, referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { announce } from '../../_ui/announce.tsx';
import { Breadcrumb } from '../../_ui/breadcrumb.tsx';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '../../_ui/dropdown-menu.tsx';
import { formatCount, formatExact } from '../../_ui/format.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { Band, EmptyState, ErrorState } from '../../_ui/states.tsx';
import { Stub } from '../../_ui/stub.tsx';
import { formatWith } from '../../support/_order/words.ts';
import { whoActed } from './actor.ts';
import { CauseList } from './cause-list.tsx';
import { EventPanel } from './event-panel.tsx';
import { exportCsv, exportJson } from './export-order.ts';
import { GoToTime } from './go-to-time.tsx';
import { type OrderEvents, orderHistory } from './order-history.ts';
import { orderParams } from './order-params.ts';
import { TimeSlider } from './time-slider.tsx';
import { WaybillRecord } from './waybill-record.tsx';

interface OrderAuditProps {
  readonly orderId: OrderId;
}

/** An order's whole history, and the order as it stood after any of its events or at any instant. */
export const OrderAudit = ({ orderId }: OrderAuditProps) => {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.audit.order.events.queryOptions({ orderId }, { staleTime: 10_000, refetchOnWindowFocus: false }),
  );
  if (data) return <History key={orderId} data={data} />;
  if (!error)
    return (
      <div className="p-4">
        <SkeletonRows count={14} what="the order’s history" />
      </div>
    );
  return codeOf(error) === 'NOT_FOUND' ? (
    <EmptyState
      title="No order has this id."
      action={
        <Button asChild>
          <a href="/audit">Search the history</a>
        </Button>
      }
    >
      Nothing was ever recorded for it. Check the address, or search by its number.
    </EmptyState>
  ) : (
    <ErrorState
      title="The order’s history could not be read."
      onRetry={() => void refetch()}
      reference={referenceOf(error)}
    >
      {wordsOf(error)} Nothing was changed: audit only reads.
    </ErrorState>
  );
};

const History = ({ data }: { readonly data: OrderEvents }) => {
  const trpc = useTRPC();
  const [{ event, at, by, compare: linked }, set] = useQueryStates(orderParams);
  // A link brings it; from then on the screen decides: an address that lags behind two quick keys must not undo one.
  const [compare, setCompare] = useState(linked);
  const [raw, setRaw] = useState(false);
  const { data: reference } = useQuery(trpc.audit.reference.queryOptions(undefined, { staleTime: 300_000 }));
  const format = useMemo(() => formatWith(reference), [reference]);
  const { events, states, tree } = useMemo(() => orderHistory(data), [data]);
  const total = events.length;

  const named = event === null ? -1 : events.findIndex(({ eventId }) => eventId === event);
  const count = at !== null ? countAsOf(events, at, by) : named === -1 ? total : named + 1;
  const current = events[count - 1];
  const [past, today] = [states[count] ?? blankWaybill, states[total] ?? blankWaybill];
  const isPast = count < total;
  const compared = isPast && compare;
  const changes = useMemo(() => (compared ? changesBetween(past, today) : []), [compared, past, today]);

  const customer = today.order.status === 'absent' || isErased(today.order.contact) ? null : today.order.contact.name;
  const number = today.order.status === 'absent' ? '' : today.order.orderNumber;
  const stops = useMemo(
    () =>
      events.map((each) => ({
        id: each.eventId,
        words: `${describeEvent(each.event, format).title}, ${formatExact(Date.parse(each.recordedAt))}`,
      })),
    [events, format],
  );
  const goTo = (next: number) => {
    const to = Math.min(total, Math.max(1, next));
    void set({ event: to === total ? null : (events[to - 1]?.eventId ?? null), at: null });
  };
  const step = (by: number) => {
    goTo(count + by);
    const stop = stops[Math.min(total, Math.max(1, count + by)) - 1];
    if (stop) announce(stop.words);
  };
  const toggleCompare = () => {
    setCompare(!compare);
    void set({ compare: !compare });
  };
  useShortcuts({
    '[': () => step(-1),
    ']': () => step(1),
    c: toggleCompare,
    t: () => goTo(total),
    r: () => setRaw(!raw),
  });

  const instant = at ?? current?.recordedAt ?? events[0]?.recordedAt ?? '';
  const asOf = `As of ${formatExact(Date.parse(instant))}`;
  const byWords = at === null || by === 'recorded' ? 'recorded' : 'business time';
  return (
    <div className="flex flex-col xl:h-full">
      <header className="shrink-0">
        <Stub>
          <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2">
            <div className="min-w-0">
              <Breadcrumb crumbs={[{ label: 'History', href: '/audit' }, { label: number }]} />
              <h1 className="min-w-0 max-w-full">
                <OrderNumber
                  value={number}
                  copy="always"
                  className={number.length > 14 ? 'font-medium text-section' : 'font-medium text-title'}
                />
              </h1>
            </div>
            <span className="ml-auto flex items-center gap-2">
              <span className="text-muted tabular-nums">
                {formatCount(total)} {total === 1 ? 'event' : 'events'}
              </span>
              <DropdownMenu>
                <DropdownMenuTrigger asChild>
                  <Button>Export</Button>
                </DropdownMenuTrigger>
                <DropdownMenuContent align="end">
                  <DropdownMenuItem onSelect={() => exportJson(number, events)}>Events as JSON</DropdownMenuItem>
                  <DropdownMenuItem onSelect={() => exportCsv(number, events)}>Events as CSV</DropdownMenuItem>
                </DropdownMenuContent>
              </DropdownMenu>
            </span>
          </div>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-rule border-t px-4 py-1.5">
            <div className="min-w-0 flex-1 basis-80">
              <TimeSlider label={`Time of ${number}`} stops={stops} count={count} onCount={goTo} />
            </div>
            <span className="flex flex-wrap items-center gap-2">
              <IconButton label="One event back" shortcut="[" variant="secondary" onClick={() => step(-1)}>
                <ChevronLeft aria-hidden="true" />
              </IconButton>
              <span className="min-w-16 text-center text-muted tabular-nums">
                {count} of {total}
              </span>
              <IconButton label="One event on" shortcut="]" variant="secondary" onClick={() => step(1)}>
                <ChevronRight aria-hidden="true" />
              </IconButton>
              <GoToTime at={instant} by={by} onGo={(to, which) => void set({ at: to, by: which, event: null })} />
              <Button shortcut="C" aria-pressed={compare} onClick={toggleCompare} className="aria-pressed:bg-pick">
                Compare
              </Button>
              <Button shortcut="T" disabled={!isPast} onClick={() => goTo(total)}>
                Today
              </Button>
            </span>
          </div>
        </Stub>
      </header>
      {isPast && (
        <Band tone="stale" className="shrink-0">
          {asOf}
          {current && `, position ${formatCount(current.at.position)}`} ({byWords}).{' '}
          <span className="font-normal">
            {total - count} later {total - count === 1 ? 'event is' : 'events are'} left out.
          </span>
        </Band>
      )}
      <div className="grid min-h-0 flex-1 xl:grid-cols-[minmax(0,1fr)_440px]">
        <div className="min-h-0 min-w-0 bg-sheet xl:overflow-auto">
          {current && (
            <EventPanel
              recorded={current}
              number={count}
              before={states[count - 1] ?? blankWaybill}
              after={past}
              who={whoActed(current.metadata.actor, data.names, customer)}
              format={format}
              raw={raw}
              onRaw={() => setRaw(!raw)}
            />
          )}
          <div className={cn('grid', compared && 'lg:grid-cols-2 lg:[&>*+*]:border-rule lg:[&>*+*]:border-l')}>
            <section aria-label={isPast ? asOf : 'Today'}>
              <WaybillRecord
                title={isPast ? asOf : 'Today'}
                waybill={past}
                other={compared ? today : null}
                changes={changes}
                format={format}
              />
            </section>
            {compared && (
              <section aria-label="Today">
                <WaybillRecord title="Today" waybill={today} other={past} changes={changes} format={format} />
              </section>
            )}
          </div>
        </div>
        <aside
          aria-label="History"
          className="min-h-0 min-w-0 border-rule bg-page max-xl:border-t xl:overflow-auto xl:border-l"
        >
          <h2 className="sticky top-0 z-10 border-rule border-b bg-page px-4 py-2 font-semibold">Causes and effects</h2>
          <CauseList
            tree={tree}
            count={count}
            onCount={goTo}
            who={(node) => whoActed(node.actor, data.names, customer)}
            format={format}
          />
        </aside>
      </div>
    </div>
  );
};
