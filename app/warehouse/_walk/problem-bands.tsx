import { CircleX, Hand } from 'lucide-react';
import { useEffect } from 'react';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import type { Problem } from '../../_optimistic/overlay.ts';
import { Button } from '../../_ui/button.tsx';
import { formatRelative } from '../../_ui/format.ts';
import { Band } from '../../_ui/states.tsx';
import { signal } from './feedback.ts';
import type { FloorCommands } from './use-floor-commands.ts';

const yours: Partial<Record<WaybillCommand['type'], string>> = {
  StartPicking: 'You have not taken it on.',
  PickItem: 'Your scan was not recorded.',
  ReportShortPick: 'Your short pick was not recorded.',
  PackFulfillment: 'Your parcels were not recorded.',
  ShipFulfillment: 'It was not shipped.',
  ReceiveReturn: 'Your count was not recorded.',
  InspectReturn: 'Your inspection was not recorded.',
};

const did = ({ event }: RecordedEvent<DomainEvent>): string | null => {
  switch (event.type) {
    case 'PickingStarted':
      return 'started picking this';
    case 'OrderHoldPlaced':
      return `put the order on hold (${event.reason})`;
    case 'OrderCanceled':
    case 'FulfillmentCanceled':
      return 'canceled it';
    case 'ItemPicked':
      return 'picked an item of it';
    case 'ShortPickReported':
      return 'reported a short pick';
    case 'FulfillmentPacked':
      return 'packed it';
    case 'FulfillmentShipped':
      return 'shipped it';
    case 'ReturnReceived':
      return 'received this return';
    case 'ReturnInspected':
      return 'inspected this return';
    default:
      return null;
  }
};

const whatOthersDid = (
  events: readonly RecordedEvent<DomainEvent>[],
  people: Readonly<Record<string, string>>,
): string => {
  const last = events.findLast((event) => did(event) !== null);
  if (!last) return 'Somebody else changed this order.';
  const { actor } = last.metadata;
  const who = people[actor.id] ?? (actor.role === 'warehouse' ? 'A colleague' : 'Somebody else');
  return `${who} ${did(last)} ${formatRelative(Date.parse(last.occurredAt), Date.now())}.`;
};

interface ProblemBandsProps {
  readonly commands: FloorCommands;
  readonly people: Readonly<Record<string, string>>;
}

const ProblemBand = ({ problem, commands, people }: ProblemBandsProps & { readonly problem: Problem }) => {
  useEffect(() => signal('bad'), []);
  const own = yours[problem.command.type] ?? '';
  const dismiss = (
    <Button size="sm" onClick={() => commands.dismiss(problem.commandId)}>
      Dismiss
    </Button>
  );
  if (problem.kind === 'conflict')
    return (
      <Band tone="hold" live icon={<Hand aria-hidden="true" />} action={dismiss}>
        {whatOthersDid(problem.events, people)} {own}
      </Band>
    );
  return (
    <Band
      tone="bad"
      live
      icon={<CircleX aria-hidden="true" />}
      action={
        <span className="flex gap-2">
          {problem.kind === 'failed' && (
            <Button size="sm" onClick={() => commands.retry(problem.commandId)}>
              Retry
            </Button>
          )}
          {dismiss}
        </span>
      }
    >
      {problem.words} {own}
    </Band>
  );
};

/** What was refused or came too late; each stays until it is dealt with. */
export const ProblemBands = ({ commands, people }: ProblemBandsProps) => (
  <>
    {commands.problems.map((problem) => (
      <ProblemBand key={problem.commandId} problem={problem} commands={commands} people={people} />
    ))}
  </>
);
