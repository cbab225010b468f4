'use client';

import { useQuery } from '@tanstack/react-query';
import { SlidersHorizontal } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useRef, useState } from 'react';
import { eventTypes } from '#domain/events/registry.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { NativeSelect } from '../../_ui/select.tsx';
import { FilterInput } from './filter-input.tsx';
import { historyParams, isSku } from './history-params.ts';

/** "PickingStarted" → "Picking started". */
const spelled = (type: string): string => {
  const words = type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

const typeOptions = [
  { value: '', label: 'Every event' },
  ...[...eventTypes.keys()].map((type) => ({ value: type, label: spelled(type) })),
];

const timeOptions = [
  { value: 'recorded', label: 'Recorded' },
  { value: 'business', label: 'Business time' },
];

/** The value of a `datetime-local`, read as UTC. */
const localOf = (iso: string | null): string => (iso === null ? '' : iso.slice(0, 19));
const isoOf = (local: string): string | null => {
  const ms = Date.parse(`${local}Z`);
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
};

/** By whom, on what, of which kind and when; all of it stands in the address. */
export const HistoryFilters = () => {
  const trpc = useTRPC();
  const [params, set] = useQueryStates(historyParams);
  const [open, setOpen] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const { data: reference } = useQuery(trpc.audit.reference.queryOptions(undefined, { staleTime: 300_000 }));
  useShortcuts({
    '/': () => {
      setOpen(true);
      requestAnimationFrame(() => first.current?.focus());
    },
  });
  const { order, actor, type, sku, id, time, from, until } = params;
  const used = [order, actor, type, sku, id, from, until].filter((part) => part !== null && part !== '').length;
  const wrongSku = sku !== null && sku !== '' && !isSku(sku);
  return (
    <search className="block border-rule border-b bg-sheet px-4 py-3">
      <div className="flex items-center gap-3 lg:hidden">
        <h1 className="mr-auto text-section">History</h1>
        <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
          <SlidersHorizontal aria-hidden="true" />
          {used === 0 ? 'Filters' : `${used} ${used === 1 ? 'filter' : 'filters'}`}
        </Button>
      </div>
      <div
        className={cn(
          'grid grid-cols-2 gap-x-3 gap-y-3 max-lg:mt-3 sm:grid-cols-4 lg:grid lg:grid-cols-[1fr_1.2fr_1.2fr_1fr_1.6fr]',
          !open && 'max-lg:hidden',
        )}
      >
        <Field label="Order number or id">
          <FilterInput
            ref={first}
            value={order ?? ''}
            onCommit={(text) => void set({ order: text || null })}
            placeholder="WB-48213"
            className="font-mono"
          />
        </Field>
        <Field label="Actor">
          <FilterInput
            value={actor ?? ''}
            onCommit={(text) => void set({ actor: text || null })}
            placeholder="Name, e-mail, process"
            list="audit-actors"
          />
        </Field>
        <datalist id="audit-actors">
          {reference?.staff.map((person) => (
            <option key={person.id} value={person.name}>
              {person.role}
            </option>
          ))}
          {['checkout', 'shipping', 'cancellation', 'expiry', 'notifications'].map((process) => (
            <option key={process} value={`process:${process}`}>
              process
            </option>
          ))}
        </datalist>
        <Field label="Event">
          <NativeSelect
            options={typeOptions}
            value={type ?? ''}
            onChange={({ target }) => void set({ type: historyParams.type.parse(target.value) })}
          />
        </Field>
        <Field label="Stock of SKU" error={wrongSku ? 'Letters, digits, dot, dash: TEA-POT-08' : undefined}>
          <FilterInput
            value={sku ?? ''}
            onCommit={(text) => void set({ sku: text || null })}
            placeholder="TEA-POT-08"
            className="font-mono"
          />
        </Field>
        <Field label="Stream, command or correlation id" className="max-sm:col-span-2">
          <FilterInput
            value={id ?? ''}
            onCommit={(text) => void set({ id: text || null })}
            placeholder="payment-0193…"
            className="font-mono"
          />
        </Field>
        <Field label="By which time">
          <NativeSelect
            options={timeOptions}
            value={time}
            onChange={({ target }) => void set({ time: target.value === 'business' ? 'business' : 'recorded' })}
          />
        </Field>
        <Field label="From (UTC)">
          <Input
            type="datetime-local"
            step={1}
            value={localOf(from)}
            onChange={({ target }) => void set({ from: isoOf(target.value) })}
          />
        </Field>
        <Field label="Before (UTC)">
          <Input
            type="datetime-local"
            step={1}
            value={localOf(until)}
            onChange={({ target }) => void set({ until: isoOf(target.value) })}
          />
        </Field>
        <div className="flex items-end">
          <Button variant="ghost" disabled={used === 0 && time === 'recorded'} onClick={() => void set(null)}>
            Clear the search
          </Button>
        </div>
      </div>
    </search>
  );
};
