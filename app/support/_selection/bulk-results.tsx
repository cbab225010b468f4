'use client';

import { Check, CircleAlert, Equal, LoaderCircle, X } from 'lucide-react';
import { useRef, useState, useSyncExternalStore } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { formatCount } from '../../_ui/format.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { OrderNumber } from '../../_ui/identifier.tsx';
import type { BulkResult, BulkRun } from './bulk-run.ts';
import { outcomeWords } from './outcome-words.ts';
import type { DeskBulk } from './use-bulk.ts';

const icons = {
  sending: LoaderCircle,
  done: Check,
  unchanged: Equal,
  refused: CircleAlert,
  failed: CircleAlert,
} as const;

const wordsFor = (result: BulkResult, done: string): string => {
  switch (result.state) {
    case 'sending':
      return 'On its way';
    case 'done':
      return done.slice(0, 1).toUpperCase() + done.slice(1);
    case 'unchanged':
      return 'Was so already';
    case 'refused':
      return `Refused. ${result.words}`;
    case 'failed':
      return `${result.isSent ? 'It may or may not be recorded. Retry is safe.' : 'Nothing was sent.'} ${result.words}`;
  }
};

/** Trouble first: it is what somebody must look at. */
const rank: Readonly<Record<BulkResult['state'], number>> = {
  failed: 0,
  refused: 1,
  sending: 2,
  unchanged: 3,
  done: 4,
};

interface RunProps {
  readonly run: BulkRun;
  readonly onOpen: (orderId: OrderId) => void;
  readonly onRetry: (orderId?: string) => void;
  readonly onClose: () => void;
}

const Run = ({ run, onOpen, onRetry, onClose }: RunProps) => {
  const results = useSyncExternalStore(run.subscribe, run.results, run.results);
  const trouble = results.some(({ state }) => state === 'refused' || state === 'failed');
  const failed = results.filter(({ state }) => state === 'failed').length;
  const sending = results.some(({ state }) => state === 'sending');
  const section = useRef<HTMLElement>(null);
  const retry = (orderId?: OrderId) => {
    // The button goes with what failed; its focus stays here.
    section.current?.focus();
    onRetry(orderId);
  };
  const [chosen, setOpen] = useState<boolean>();
  const open = chosen ?? trouble;
  const { done } = run.job;
  // The toast says it of one order that went well.
  if (results.length === 1 && !trouble) return null;
  return (
    <section
      ref={section}
      tabIndex={-1}
      aria-label={`Result: ${done}`}
      className="focus-inset shrink-0 border-rule border-t bg-sheet"
    >
      <header className="flex min-h-9 flex-wrap items-center gap-x-2 px-3.5 py-1">
        <p className={cn('min-w-0 flex-1 font-medium', trouble && 'text-bad')}>{outcomeWords(results, done)}</p>
        {failed > 1 && (
          <Button size="sm" onClick={() => retry()}>
            Retry {formatCount(failed)}
          </Button>
        )}
        <Button variant="link" aria-expanded={open} onClick={() => setOpen(!open)} className="text-meta">
          {open ? 'Hide each' : 'Show each'}
        </Button>
        {!sending && (
          <IconButton label="Close the result" size="sm" onClick={onClose}>
            <X aria-hidden="true" />
          </IconButton>
        )}
      </header>
      {open && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reached by keyboard
        <ul tabIndex={0} aria-label="By order" className="focus-inset max-h-44 overflow-y-auto border-rule border-t">
          {results
            .toSorted((a, b) => rank[a.state] - rank[b.state])
            .map((result) => {
              const { order, state } = result;
              const Icon = icons[state];
              const isTrouble = state === 'refused' || state === 'failed';
              return (
                <li
                  key={order.orderId}
                  className="flex min-h-8 items-center gap-2.5 border-rule border-b px-3.5 py-1 last:border-b-0"
                >
                  <Icon
                    aria-hidden="true"
                    className={cn(
                      'size-4 shrink-0',
                      isTrouble ? 'text-bad' : state === 'done' ? 'text-good' : 'text-muted',
                    )}
                  />
                  <button type="button" onClick={() => onOpen(order.orderId)} className="rounded-badge hover:underline">
                    <OrderNumber value={order.orderNumber} copy="never" />
                  </button>
                  <span className={cn('min-w-0 flex-1', isTrouble ? 'text-bad' : 'text-muted')}>
                    {wordsFor(result, done)}
                  </span>
                  {state === 'failed' && (
                    <Button size="sm" onClick={() => retry(order.orderId)}>
                      Retry
                    </Button>
                  )}
                </li>
              );
            })}
        </ul>
      )}
    </section>
  );
};

interface BulkResultsProps {
  readonly bulk: DeskBulk;
  readonly onOpen: (orderId: OrderId) => void;
}

/** What became of each order, until the agent closes it. */
export const BulkResults = ({ bulk, onOpen }: BulkResultsProps) =>
  bulk.runs.map((run) => (
    <Run
      key={run.id}
      run={run}
      onOpen={onOpen}
      onRetry={(orderId) => bulk.retry(run, orderId)}
      onClose={() => bulk.close(run)}
    />
  ));
