'use client';

import { useMemo, useState } from 'react';
import { changesBetween } from '#domain/waybill/changes.ts';
import { describeEvent, type EventFormat } from '#domain/waybill/event-words.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Identifier } from '../../_ui/identifier.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { Time } from '../../_ui/time.tsx';
import { changeWords } from './change-words.ts';
import type { RecordedOrderEvent } from './order-history.ts';

interface EventPanelProps {
  readonly recorded: RecordedOrderEvent;
  /** 1 for the order's first. */
  readonly number: number;
  readonly before: Waybill;
  readonly after: Waybill;
  /** Who acted, with the role. */
  readonly who: string;
  readonly format: EventFormat;
  readonly raw: boolean;
  readonly onRaw: () => void;
}

const shownAtFirst = 8;

const originWords = { live: 'Through Waybill', import: 'Imported', legacy: 'Imported, told as it was' } as const;

const Value = ({ text }: { readonly text: string | null }) =>
  text === null ? <span className="text-muted">nothing</span> : <span className="break-words">{text}</span>;

/** What one event says: who, when by both times, and which fields of the folded state it changed. */
export const EventPanel = ({ recorded, number, before, after, who, format, raw, onRaw }: EventPanelProps) => {
  const { title, quote } = describeEvent(recorded.event, format);
  const [all, setAll] = useState(false);
  const currency = after.order.status === 'absent' ? 'EUR' : after.order.currency;
  const changes = useMemo(
    () => changesBetween(before, after).map((change) => changeWords(change, currency)),
    [before, after, currency],
  );
  const { at, metadata, streamId, version, origin } = recorded;
  const id = (value: string, what: string) => (
    <Identifier value={value} what={what} className="max-w-full whitespace-normal break-all font-normal text-meta" />
  );
  return (
    <section aria-label={`Event ${number}`}>
      <header className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
        <h2 className="font-semibold text-section">{title}</h2>
        <span className="text-muted">{who}</span>
        <Button size="sm" shortcut="R" onClick={onRaw} className="ml-auto">
          {raw ? 'Before and after' : 'Raw event'}
        </Button>
        {quote && <p className="w-full border-rule border-l pl-2 text-muted">“{quote}”</p>}
      </header>
      <RuledCells
        className="border-rule border-y"
        cells={[
          { id: 'recorded', caption: 'Recorded', value: <Time at={recorded.recordedAt} variant="audit" /> },
          { id: 'business', caption: 'Business time', value: <Time at={recorded.occurredAt} variant="audit" /> },
          { id: 'position', caption: 'Position', value: formatCount(at.position) },
          { id: 'origin', caption: 'Origin', value: originWords[origin] },
        ]}
      />
      {raw ? (
        <>
          <RuledCells
            className="border-rule border-b"
            cells={[
              { id: 'stream', caption: `Stream, version ${version}`, value: id(streamId, 'stream id'), grow: 2 },
              { id: 'command', caption: 'Command', value: id(metadata.commandId, 'command id') },
              { id: 'correlation', caption: 'Correlation', value: id(metadata.correlationId, 'correlation id') },
              {
                id: 'cause',
                caption: 'Caused by event',
                value: metadata.causationId ? id(metadata.causationId, 'event id') : 'None: it began here',
              },
            ]}
          />
          <pre className="whitespace-pre-wrap break-all border-rule border-b bg-tint px-4 py-3 font-mono text-meta">
            {JSON.stringify(recorded, null, 2)}
          </pre>
        </>
      ) : changes.length === 0 ? (
        <p className="border-rule border-b px-4 py-2 text-muted">
          It changed nothing of the order’s state; it is recorded all the same.
        </p>
      ) : (
        <div className="border-rule border-b">
          <table className="w-full table-fixed border-collapse text-left">
            <caption className="sr-only">What event {number} changed</caption>
            <thead className="bg-tint text-meta text-muted">
              <tr>
                <th scope="col" className="px-4 py-1.5 font-medium">
                  Field
                </th>
                <th scope="col" className="px-4 py-1.5 font-medium">
                  Before
                </th>
                <th scope="col" className="px-4 py-1.5 font-medium">
                  After
                </th>
              </tr>
            </thead>
            <tbody>
              {(all ? changes : changes.slice(0, shownAtFirst)).map((change) => (
                <tr key={change.id} className="border-rule border-t align-top">
                  <th scope="row" className="break-words px-4 py-1.5 font-medium">
                    {change.what}
                  </th>
                  <td className="px-4 py-1.5 text-muted tabular-nums">
                    <Value text={change.before} />
                  </td>
                  <td className="px-4 py-1.5 tabular-nums">
                    <Value text={change.after} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {changes.length > shownAtFirst && (
            <p className="border-rule border-t px-4 py-1.5">
              <Button variant="link" aria-expanded={all} onClick={() => setAll(!all)}>
                {all ? 'The first of them only' : `All ${formatCount(changes.length)} changes`}
              </Button>
            </p>
          )}
        </div>
      )}
    </section>
  );
};
