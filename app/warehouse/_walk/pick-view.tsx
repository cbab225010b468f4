'use client';

import { CircleCheck, CircleX, Info } from 'lucide-react';
import { useRef, useState } from 'react';
import { countWalk, readScan, type Scan, walkOf } from '#domain/fulfillment/walk.ts';
import type { LineId } from '#domain/shared/ids.ts';
import { Button } from '../../_ui/button.tsx';
import { Band } from '../../_ui/states.tsx';
import { CurrentStop } from './current-stop.tsx';
import { signal } from './feedback.ts';
import { ScanField } from './scan-field.tsx';
import { ShortPickSheet } from './short-pick-sheet.tsx';
import { StepFoot } from './step-foot.tsx';
import { count, type StepProps } from './walk.ts';
import { WalkList } from './walk-list.tsx';

type Said = { readonly tone: 'good' | 'bad' | 'move'; readonly words: string };

const icons = {
  good: <CircleCheck aria-hidden="true" />,
  bad: <CircleX aria-hidden="true" />,
  move: <Info aria-hidden="true" />,
};
const wordCounts = ['No', 'One', 'Two', 'Three', 'Four', 'Five'];
const moreWords = (left: number): string => `${wordCounts[left] ?? left} more.`;

/** What to say to a scan that picks nothing. */
const answerTo = (scan: Exclude<Scan, { kind: 'nothing' | 'item' }>, here: string | null): Said => {
  switch (scan.kind) {
    case 'bin': {
      const { left, name } = scan.stop;
      return { tone: 'good', words: `Right bin. Take ${count(left, 'piece', 'pieces')} of ${name}.` };
    }
    case 'complete':
      return { tone: 'bad', words: `${scan.stop.name} is complete. Put this one back.` };
    case 'wrong bin':
      return { tone: 'bad', words: `Wrong bin: nothing to take from ${scan.code}.${here ? ` Go to ${here}.` : ''}` };
    case 'wrong item':
      return { tone: 'bad', words: `Wrong item: ${scan.code} is not on this walk. Put it back.` };
  }
};

interface PickViewProps extends StepProps<'picking'> {
  readonly onPack: () => void;
}

/** The walk: scan by scan, bin by bin. */
export const PickView = ({ fulfillment, orderId, commands, onPack }: PickViewProps) => {
  const { fulfillmentId } = fulfillment;
  const stops = walkOf(fulfillment);
  const totals = countWalk(stops);
  const field = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [isShort, setIsShort] = useState(false);
  const open = stops.filter(({ left }) => left > 0);
  const current = open.find(({ lineId }) => lineId === chosen) ?? open[0];
  const pendingLines = new Set(
    commands.pending.flatMap(({ command }) => ('lineId' in command ? [command.lineId as string] : [])),
  );

  const say = (next: Said): void => {
    setSaid(next);
    if (next.tone !== 'move') signal(next.tone);
  };

  const pick = (lineId: LineId, left: number): Said => {
    const ran = commands.run({ type: 'PickItem', orderId, fulfillmentId, lineId, quantity: 1 });
    if (!ran.ok) return { tone: 'bad', words: ran.words };
    setChosen(lineId);
    if (left > 1) return { tone: 'good', words: `Right item. ${moreWords(left - 1)}` };
    const next = open.find((stop) => stop.lineId !== lineId);
    const onwards = next ? `Go on to ${next.bin ?? next.name}.` : 'That was the last one.';
    return { tone: 'good', words: `Right item. ${onwards}` };
  };

  const onScan = (text: string): void => {
    const scan = readScan(text, stops, current?.lineId ?? null);
    if (scan.kind === 'nothing') {
      // Enter on an empty field is the short way to the next step.
      if (totals.left === 0 && totals.picked > 0) onPack();
      return;
    }
    if (scan.kind === 'bin') setChosen(scan.stop.lineId);
    say(scan.kind === 'item' ? pick(scan.stop.lineId, scan.stop.left) : answerTo(scan, current?.bin ?? null));
  };

  const goTo = (lineId: string): void => {
    setChosen(lineId);
    setSaid(null);
    field.current?.focus();
  };

  const pack = (): void => {
    const objection =
      totals.picked === 0 && totals.left === 0
        ? 'Nothing has been picked, so there is nothing to pack. Tell support: the order has to be canceled.'
        : commands.objectionTo({ type: 'PackFulfillment', orderId, fulfillmentId, packages: [] });
    if (objection) {
      say({ tone: 'bad', words: objection });
      field.current?.focus();
    } else onPack();
  };

  return (
    <>
      <div className="grid min-h-0 flex-1 content-start overflow-auto lg:grid-cols-[minmax(0,30rem)_minmax(0,1fr)]">
        <div className="lg:border-rule lg:border-r">
          <ScanField field={field} onScan={onScan} onShortPick={() => setIsShort(current !== undefined)} />
          {current ? (
            <CurrentStop stop={current} fulfillment={fulfillment} pending={pendingLines.has(current.lineId)} />
          ) : (
            <p className="border-rule border-y bg-sheet px-gutter py-6">
              <span className="block text-title">{totals.picked === 0 ? 'Nothing could be picked' : 'All picked'}</span>
              <span className="text-muted">
                {totals.missing > 0 && `${count(totals.missing, 'piece is', 'pieces are')} missing. `}
                {totals.picked > 0 && 'Take the tote to the packing table.'}
              </span>
            </p>
          )}
          {said && (
            <Band tone={said.tone} live icon={icons[said.tone]}>
              {said.words}
            </Band>
          )}
        </div>
        <div className="lg:bg-sheet">
          <WalkList
            stops={stops.filter(({ lineId }) => lineId !== current?.lineId)}
            pendingLines={pendingLines}
            onGoTo={goTo}
          />
        </div>
      </div>
      <StepFoot>
        {current && (
          <Button onClick={() => setIsShort(true)} aria-keyshortcuts="F2">
            Short pick
          </Button>
        )}
        <Button variant="primary" onClick={pack}>
          Pack {count(totals.picked, 'item', 'items')}
        </Button>
      </StepFoot>
      {current && (
        <ShortPickSheet
          key={`${current.lineId} ${current.left}`}
          stop={current}
          open={isShort}
          onOpenChange={(next) => {
            setIsShort(next);
            if (!next) requestAnimationFrame(() => field.current?.focus());
          }}
          onReport={(missing) => {
            setIsShort(false);
            const { lineId, name } = current;
            const ran = commands.run({ type: 'ReportShortPick', orderId, fulfillmentId, lineId, missing });
            if (ran.ok) setSaid({ tone: 'move', words: `${missing} of ${name} reported missing.` });
            else say({ tone: 'bad', words: ran.words });
            requestAnimationFrame(() => field.current?.focus());
          }}
        />
      )}
    </>
  );
};
