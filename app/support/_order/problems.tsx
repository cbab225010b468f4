'use client';

import { CircleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { sum } from '#domain/shared/money.ts';
import type { EventFormat } from '#domain/waybill/event-words.ts';
import { summarize } from '#domain/waybill/summary.ts';
import type { Problem } from '../../_optimistic/overlay.ts';
import { Button } from '../../_ui/button.tsx';
import { ConflictPanel } from '../../_ui/conflict-panel.tsx';
import { formatRelative } from '../../_ui/format.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Money } from '../../_ui/money.tsx';
import { orderLooks } from '../../_ui/status.ts';
import { useNow } from '../../_ui/time.tsx';
import { WantedAmendment } from '../_amend/wanted-amendment.tsx';
import { commandNoun } from '../_desk/pending-words.ts';
import type { OrderPartProps } from './order-part.ts';
import { eventTitle, shortName } from './words.ts';

type Conflict = Extract<Problem, { kind: 'conflict' }>;

const wanted = (problem: Problem, order: ExistingOrder): ReactNode => {
  const { command } = problem;
  switch (command.type) {
    case 'RequestRefund':
      return (
        <>
          Refund <Money minor={command.amountMinor} currency={order.currency} />
        </>
      );
    case 'CancelOrder':
      return 'Cancel the order';
    case 'RequestAmendment':
      return <WantedAmendment amendment={command.amendment} order={order} />;
    case 'CancelLines':
      return `Cancel ${sum(command.lines.map(({ quantity }) => quantity))} of the items`;
    case 'RequestReturn':
      return `Return ${sum(command.lines.map(({ quantity }) => quantity))} of the items`;
    case 'ApproveReturn':
      return 'Approve the return';
    case 'DeclineReturn':
      return `Decline the return: ${command.reason}`;
    case 'PlaceHold':
      return `Hold: ${command.reason}`;
    case 'ReleaseHold':
      return 'Release the hold';
    default:
      return 'Change the order';
  }
};

const verbs: Partial<Record<DomainEvent['type'], string>> = {
  RefundRequested: 'asked for a refund',
  PaymentRefunded: 'refunded',
  OrderCanceled: 'canceled the order',
  PickingStarted: 'started picking',
  AmendmentRequested: 'asked for a change',
  OrderAmended: 'changed the order',
  OrderLinesCanceled: 'canceled items',
  ReturnRequested: 'asked for a return',
  ReturnApproved: 'approved the return',
  ReturnDeclined: 'declined the return',
};

interface ConflictOfProps extends OrderPartProps {
  readonly problem: Conflict;
}

const ConflictOf = ({ problem, desk, waybill, order, format }: ConflictOfProps) => {
  const now = useNow();
  const names = desk.history.data?.names ?? {};
  const others = problem.events.filter(({ event }) => verbs[event.type] !== undefined);
  const told = others[0] ?? problem.events[0];
  const who = told ? shortName(told.metadata.actor, names) : 'Somebody';
  const when = told ? formatRelative(Date.parse(told.recordedAt), now) : 'just now';
  const did = (told && verbs[told.event.type]) ?? 'changed the order';
  const noun = commandNoun(problem.command);
  const summary = summarize(waybill);
  const { command } = problem;
  return (
    <ConflictPanel
      title={`${who} ${did} ${when}. Your ${noun} was not sent.`}
      other={who}
      fields={[
        {
          id: 'change',
          label: 'Change',
          theirs: told ? eventTitle(told.event as DomainEvent, format as EventFormat) : 'Another change',
          mine: wanted(problem, order),
        },
        ...(command.type === 'RequestRefund' && summary
          ? [
              {
                id: 'refundable',
                label: 'Refundable',
                theirs: <Money minor={summary.refundableMinor} currency={order.currency} />,
                mine: <Money minor={summary.refundableMinor - command.amountMinor} currency={order.currency} />,
              },
            ]
          : []),
        ...(command.type === 'CancelOrder'
          ? [{ id: 'state', label: 'Order', theirs: orderLooks[order.status].word, mine: orderLooks.canceled.word }]
          : []),
      ]}
      onReapply={() => desk.commands.retry(problem.commandId)}
      onDiscard={() => desk.commands.dismiss(problem.commandId)}
    />
  );
};

const headline = ({ kind, command }: Problem): string =>
  kind === 'failed'
    ? `Your ${commandNoun(command)} may or may not be recorded. Retry is safe.`
    : `Your ${commandNoun(command)} was not recorded.`;

/** What was refused, overtaken or not answered stays here, with its reason, until somebody deals with it. */
export const Problems = (part: OrderPartProps) => {
  const { problems, retry, dismiss } = part.desk.commands;
  if (problems.length === 0) return null;
  return (
    <div className="flex flex-col gap-2 px-4 pt-3 sm:px-5">
      {problems.map((problem) =>
        problem.kind === 'conflict' ? (
          <ConflictOf key={problem.commandId} {...part} problem={problem} />
        ) : (
          <div
            key={problem.commandId}
            role="alert"
            className="flex flex-wrap items-center gap-2 rounded-control bg-bad-bg px-3 py-2 text-bad"
          >
            <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
            <span className="min-w-0 flex-1">
              <span className="font-semibold">{headline(problem)}</span> {problem.words}
              {problem.kind === 'failed' && problem.reference && (
                <span className="block break-all text-meta">Reference {problem.reference}</span>
              )}
            </span>
            <Button size="sm" onClick={() => retry(problem.commandId)}>
              Retry
            </Button>
            <IconButton label="Dismiss" size="sm" onClick={() => dismiss(problem.commandId)}>
              <X aria-hidden="true" />
            </IconButton>
          </div>
        ),
      )}
    </div>
  );
};
