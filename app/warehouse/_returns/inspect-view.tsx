'use client';

import { useEffect, useRef, useState } from 'react';
import type { Disposition, ReturnedLine } from '#domain/order/return-events.ts';
import { Button } from '../../_ui/button.tsx';
import { Bin, Sku } from '../../_ui/identifier.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { signal } from '../_walk/feedback.ts';
import { StepFoot } from '../_walk/step-foot.tsx';
import { count } from '../_walk/walk.ts';
import { CustomersWords } from './customers-words.tsx';
import { dispositionLooks, InspectedList } from './inspected-list.tsx';
import { dispositions, inspectedLines, nextUnit, type Verdicts } from './inspection.ts';
import { productOf, type ReturnStepProps } from './return-step.ts';

interface UnitProps extends Pick<ReturnStepProps, 'fulfillment'> {
  readonly unit: NonNullable<ReturnType<typeof nextUnit<ReturnedLine>>>;
  readonly onVerdict: (disposition: Disposition) => void;
}

/** The unit in hand, and what may become of it. */
const Unit = ({ unit, fulfillment, onVerdict }: UnitProps) => {
  const { line, nth, of } = unit;
  const { name, picture, hue, bin } = productOf(fulfillment, line.lineId);
  return (
    <section aria-label="In hand" className="border-rule border-b bg-sheet">
      <div className="flex gap-3.5 px-gutter py-3">
        <ProductPicture picture={picture} hue={hue} shape="thumb" className="size-18 shrink-0" />
        <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
          <p className="max-w-full break-words text-section">{name}</p>
          <span className="flex flex-wrap gap-x-3 text-admin text-muted">
            <Sku value={line.sku} copy="never" />
            {bin && <Bin value={bin} copy="never" />}
          </span>
        </div>
        <p aria-live="polite" className="shrink-0 whitespace-nowrap text-bin tabular-nums">
          {nth} <span className="font-medium text-[1.5rem] text-muted">of {of}</span>
        </p>
      </div>
      <fieldset className="grid gap-2 px-gutter pb-4 sm:grid-cols-3">
        <legend className="sr-only">What becomes of it</legend>
        {dispositions.map((disposition, index) => {
          const { words, detail, icon: Icon } = dispositionLooks[disposition];
          return (
            <button
              key={disposition}
              type="button"
              aria-keyshortcuts={String(index + 1)}
              onClick={() => onVerdict(disposition)}
              className="flex min-h-16 items-center gap-3 rounded-control border border-field bg-sheet px-4 py-2 text-left hover:bg-tint"
            >
              <Icon aria-hidden="true" className="size-5 shrink-0" />
              <span className="min-w-0 flex-1">
                <span className="block font-semibold">{words}</span>
                <span className="block text-admin text-muted">{detail}</span>
              </span>
              <Kbd className="max-sm:hidden">{index + 1}</Kbd>
            </button>
          );
        })}
      </fieldset>
    </section>
  );
};

/** Each returned unit is taken in hand once, and gets its verdict by one key or one press. */
export const InspectView = ({ asked, fulfillment, orderId, commands }: ReturnStepProps) => {
  const received = asked.goods?.received ?? [];
  const [verdicts, setVerdicts] = useState<Verdicts>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const record = useRef<HTMLButtonElement>(null);
  const unit = nextUnit(received, verdicts);
  const isDone = unit === null;
  useEffect(() => {
    if (isDone) record.current?.focus({ preventScroll: true });
  }, [isDone]);
  const say = (disposition: Disposition) => {
    if (isDone) return;
    signal('good');
    setVerdicts([...verdicts, disposition]);
    setRefusal(null);
  };
  const back = () => setVerdicts(verdicts.slice(0, -1));
  useShortcuts({ 1: () => say('restock'), 2: () => say('damaged'), 3: () => say('refused'), Backspace: back });
  const lines = inspectedLines(received, verdicts);

  const submit = () => {
    const ran = commands.run({ type: 'InspectReturn', orderId, returnId: asked.returnId, lines });
    signal(ran.ok ? 'good' : 'bad');
    setRefusal(ran.ok ? null : ran.words);
  };

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-auto">
        <CustomersWords asked={asked} />
        {unit ? (
          <Unit unit={unit} fulfillment={fulfillment} onVerdict={say} />
        ) : (
          <p className="border-rule border-b bg-sheet px-gutter py-4 text-section">Every item is looked at.</p>
        )}
        <InspectedList
          label="What came back"
          rows={received.map(({ lineId, quantity }) => ({
            lineId,
            quantity,
            ...productOf(fulfillment, lineId),
            verdicts: lines.filter((line) => line.lineId === lineId),
          }))}
        />
        {refusal && (
          <p role="alert" className="px-gutter py-3 font-medium text-bad">
            {refusal}
          </p>
        )}
      </div>
      <StepFoot>
        <Button onClick={back} disabled={verdicts.length === 0} aria-keyshortcuts="Backspace">
          One back
        </Button>
        <Button ref={record} variant="primary" onClick={submit}>
          {isDone ? `Record ${count(verdicts.length, 'item', 'items')}` : 'Record'}
        </Button>
      </StepFoot>
    </div>
  );
};
