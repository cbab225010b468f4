'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { inferRouterOutputs } from '@trpc/server';
import { useState } from 'react';
import type { StockMeasure } from '#domain/inventory/ledger.ts';
import { warehouseCodeSchema } from '#domain/shared/ids.ts';
import { describeEvent } from '#domain/waybill/event-words.ts';
import type { AppRouter } from '#server/api/router.ts';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { formatCount, formatMoney } from '../../_ui/format.ts';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { ErrorState } from '../../_ui/states.tsx';
import { Time } from '../../_ui/time.tsx';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { measureMeanings, measureWords } from './stock-words.ts';

type Movement = inferRouterOutputs<AppRouter>['admin']['inventory']['ledger']['movements'][number];

const keptFirst = 50;
const signed = (delta: number): string => (delta > 0 ? `+${formatCount(delta)}` : formatCount(delta));
const actorWords = ({ id, role }: Movement['actor']): string =>
  role === 'system' ? id.replace(/^process:/, '').replace(/^./, (letter) => letter.toUpperCase()) : role;

interface StockLedgerProps {
  readonly sku: string;
  readonly measure: StockMeasure;
  readonly warehouse: string | null;
  /** The number that was opened, as the table shows it now. */
  readonly shown: number | null;
}

/** The events that made one number, oldest first, with the running balance; the last stands over a double rule. */
export const StockLedger = ({ sku, measure, warehouse, shown }: StockLedgerProps) => {
  const trpc = useTRPC();
  const { nameOf } = useWarehouseNames();
  const [keep, setKeep] = useState(keptFirst);
  const code = warehouse === null ? null : warehouseCodeSchema.parse(warehouse);
  const ledger = useQuery(
    trpc.admin.inventory.ledger.queryOptions(
      { sku, measure, warehouse: code, keep },
      { placeholderData: keepPreviousData, staleTime: 0, refetchInterval: 5_000 },
    ),
  );
  if (ledger.isPending) return <SkeletonRows count={5} what="events" />;
  if (ledger.isError)
    return (
      <ErrorState
        title="The events could not be read."
        onRetry={() => void ledger.refetch()}
        reference={referenceOf(ledger.error)}
      >
        {wordsOf(ledger.error)} The number itself stands as shown.
      </ErrorState>
    );
  const { opening, movements, closing, earlier } = ledger.data;
  // Nothing that moves stock names a person.
  const format = { money: formatMoney, warehouse: nameOf, staff: (id: string) => id };
  return (
    <div aria-busy={ledger.isPlaceholderData}>
      <p className="pb-3 text-muted">{measureMeanings[measure]}</p>
      {earlier > 0 && (
        <Button
          size="sm"
          className="mb-3"
          busy={ledger.isFetching && keep > movements.length}
          onClick={() => setKeep(Math.min(2_000, keep * 4))}
        >
          Show earlier events ({formatCount(earlier)})
        </Button>
      )}
      <table className="w-full text-left">
        <caption className="sr-only">
          {measureWords[measure]} of {sku}
        </caption>
        <thead className="border-rule border-y bg-tint text-meta text-muted">
          <tr>
            <th scope="col" className="px-2 py-1.5 font-medium">
              Event
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Change
            </th>
            <th scope="col" className="px-2 py-1.5 text-right font-medium">
              Balance
            </th>
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {(earlier > 0 || movements.length === 0) && (
            <tr className="border-rule border-b text-muted">
              <th scope="row" className="px-2 py-2 font-normal">
                {earlier > 0 ? 'Carried over' : 'No event has moved this number'}
              </th>
              <td />
              <td className="px-2 py-2 text-right">{formatCount(opening)}</td>
            </tr>
          )}
          {movements.map((movement) => {
            const { title, quote } = describeEvent(movement.event, format);
            return (
              <tr key={movement.eventId} className="border-rule border-b align-top">
                <th scope="row" className="px-2 py-2 font-normal">
                  <span className="block break-words">{title}</span>
                  {quote && <span className="block break-words">“{quote}”</span>}
                  <span className="block text-meta text-muted">
                    {actorWords(movement.actor)}, <Time at={movement.at} />
                  </span>
                </th>
                <td className="whitespace-nowrap px-2 py-2 text-right">{signed(movement.delta)}</td>
                <td className="whitespace-nowrap px-2 py-2 text-right">{formatCount(movement.balance)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot className="sticky -bottom-4 bg-float tabular-nums shadow-[0_-1px_0_var(--rule)]">
          <tr>
            <th scope="row" className="px-2 pt-2 pb-4 font-semibold">
              {measureWords[measure]}
              {warehouse && `, ${nameOf(warehouse)}`}
            </th>
            <td />
            <td className="px-2 pt-2 pb-4 text-right font-semibold">
              <span data-testid="closing" className="border-ink border-b-4 border-double pb-0.5">
                {formatCount(closing)}
              </span>
            </td>
          </tr>
        </tfoot>
      </table>
      {shown !== null && shown !== closing && (
        <p role="status" className="pt-3 text-meta text-stale">
          The table shows {formatCount(shown)}. Newer changes are on their way.
        </p>
      )}
    </div>
  );
};
