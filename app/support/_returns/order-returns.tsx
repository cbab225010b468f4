'use client';

import { Ban, CircleCheck, CircleDot, type LucideIcon, PackageCheck, PackageOpen } from 'lucide-react';
import { useState } from 'react';
import type { Disposition, ReturnedLine } from '#domain/order/return-events.ts';
import { revealed } from '#domain/shared/personal.ts';
import { type ReturnStatus, returnsOf, type WaybillReturn } from '#domain/waybill/returns.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { pendingEdge } from '../../_ui/pending.tsx';
import { Badge, MarkBadge } from '../../_ui/status-badge.tsx';
import type { Tone } from '../../_ui/tones.ts';
import type { OrderPartProps } from '../_order/order-part.ts';
import { Section } from '../_order/section.tsx';
import { erasedWord } from '../_order/words.ts';
import { approveReturn } from './answer-return.ts';
import { DeclineDialog } from './decline-dialog.tsx';
import { dispositionWords, outcomeWords } from './return-words.ts';
import { nameOf, returnable } from './returnable.ts';

interface OrderReturnsProps extends OrderPartProps {
  readonly onReturn: () => void;
}

const looks: Readonly<Record<ReturnStatus, { readonly icon: LucideIcon; readonly tone: Tone; readonly word: string }>> =
  {
    requested: { icon: CircleDot, tone: 'hold', word: 'Return asked for' },
    approved: { icon: CircleCheck, tone: 'move', word: 'Return approved' },
    declined: { icon: Ban, tone: 'calm', word: 'Return declined' },
    received: { icon: PackageOpen, tone: 'move', word: 'Return received' },
    inspected: { icon: PackageCheck, tone: 'good', word: 'Return inspected' },
  };

interface ReturnRowProps extends OrderPartProps {
  readonly asked: WaybillReturn;
  readonly isPending: boolean;
  readonly onDecline: () => void;
}

const ReturnRow = ({ asked, isPending, onDecline, desk, waybill }: ReturnRowProps) => {
  const { icon, tone, word } = looks[asked.status];
  const inspected = asked.goods?.inspected;
  const lines: readonly (ReturnedLine & { readonly disposition?: Disposition })[] =
    inspected ?? asked.goods?.received ?? asked.lines;
  return (
    <li
      className={cn(
        'flex flex-wrap items-start gap-x-3 gap-y-1 border-rule border-b py-2',
        isPending && ['pl-3', pendingEdge(true)],
      )}
    >
      {isPending ? (
        <MarkBadge mark="pending">{word}</MarkBadge>
      ) : (
        <Badge icon={icon} tone={tone}>
          {word}
        </Badge>
      )}
      <div className="min-w-48 flex-1">
        <ul>
          {lines.map((line) => (
            <li key={`${line.lineId} ${line.disposition ?? ''}`}>
              <span className="tabular-nums">{line.quantity}</span> × {nameOf(waybill, line)}
              {line.disposition && (
                <span className={line.disposition === 'restock' ? 'text-muted' : 'text-hold'}>
                  , {dispositionWords[line.disposition]}
                </span>
              )}
            </li>
          ))}
        </ul>
        <p className="break-words text-meta text-muted">“{revealed(asked.reason, (text) => text, erasedWord)}”</p>
        <p className="text-meta text-muted">{outcomeWords(asked, waybill)}.</p>
      </div>
      {asked.status === 'requested' && (
        <span className="ml-auto flex gap-2">
          <Button size="sm" onClick={onDecline}>
            Decline
          </Button>
          <Button size="sm" onClick={() => approveReturn(desk, asked)}>
            Approve return
          </Button>
        </span>
      )}
    </li>
  );
};

/** What goes back: each return with its lines, where it stands, and what is to be done. */
export const OrderReturns = ({ onReturn, ...part }: OrderReturnsProps) => {
  const { waybill, recorded } = part;
  const [declining, setDeclining] = useState<string | null>(null);
  const returns = returnsOf(waybill).toReversed();
  const canReturn = returnable(waybill).length > 0;
  const known = new Map(returnsOf(recorded).map(({ returnId, status }) => [returnId, status]));
  if (returns.length === 0 && !canReturn) return null;
  const asked = returns.find(({ returnId }) => returnId === declining);
  return (
    <Section
      title="Returns"
      lead={returns.length > 0 ? returns.length : undefined}
      trail={
        canReturn ? (
          <Button variant="link" onClick={onReturn}>
            Return items
          </Button>
        ) : undefined
      }
    >
      {returns.length === 0 ? (
        <p className="py-2 text-muted">Nothing has been sent back.</p>
      ) : (
        <ul>
          {returns.map((each) => (
            <ReturnRow
              key={each.returnId}
              {...part}
              asked={each}
              isPending={known.get(each.returnId) !== each.status}
              onDecline={() => setDeclining(each.returnId)}
            />
          ))}
        </ul>
      )}
      {asked && <DeclineDialog {...part} asked={asked} onClose={() => setDeclining(null)} />}
    </Section>
  );
};
