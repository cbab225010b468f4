'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Input } from '../../_ui/input.tsx';
import { Select } from '../../_ui/select.tsx';
import { Skeleton } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { AnalyticsCharts } from './analytics-charts.tsx';
import { AnalyticsFigures } from './analytics-figures.tsx';
import { figuresOf } from './figures.ts';
import { type Preset, presets, presetWords, rangeOf } from './range.ts';
import { channelName, countryName, rangeWords } from './words.ts';

const params = {
  preset: parseAsStringLiteral(presets).withDefault('30'),
  from: parseAsString,
  to: parseAsString,
  currency: parseAsString,
  channel: parseAsString,
  country: parseAsString,
};

const all = 'all';
const liveMs = 5_000;

const ChartSkeletons = () => (
  <div
    role="status"
    aria-busy="true"
    aria-label="Loading analytics"
    className="grid gap-x-10 gap-y-8 px-4 py-5 xl:grid-cols-2"
  >
    {['revenue', 'orders', 'ship', 'refunds'].map((key) => (
      <div key={key}>
        <Skeleton className="mb-3 w-40" />
        <Skeleton className="h-56 w-full" />
      </div>
    ))}
  </div>
);

/** Figures and charts of one currency over a range of days. Currencies are never added up. */
export const AnalyticsScreen = ({ today }: { readonly today: string }) => {
  const trpc = useTRPC();
  const [chosen, setChosen] = useQueryStates(params, { history: 'replace', clearOnDefault: true });
  const spans = useQuery(trpc.admin.analytics.spans.queryOptions(undefined, { refetchInterval: 30_000 }));
  const span = spans.data?.find(({ currency }) => currency === chosen.currency) ?? spans.data?.[0];
  const currency = span?.currency ?? 'EUR';
  const range = rangeOf(chosen, today, span);
  const channel = span?.channels.find((each) => each === chosen.channel);
  const country = span?.countries.find((each) => each === chosen.country);
  const overview = useQuery(
    trpc.admin.analytics.overview.queryOptions(
      { ...range, currency, ...(channel ? { channel } : {}), ...(country ? { country } : {}) },
      { enabled: spans.data !== undefined, placeholderData: keepPreviousData, refetchInterval: liveMs },
    ),
  );
  const custom = chosen.from !== null && chosen.to !== null;
  const showAll = () => void setChosen({ preset: 'all', from: null, to: null, channel: null, country: null });
  const failed = spans.isError ? spans : overview.isError && !overview.data ? overview : null;
  const figures = overview.data ? figuresOf(overview.data.periods) : null;
  const isEmpty =
    figures !== null && figures.orders + figures.refunds + figures.lost === 0 && figures.revenueMinor === 0;
  return (
    <div className="min-h-full">
      <h1 className="sr-only">Analytics</h1>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <ViewTabs
          label="Range"
          views={presets.map((id) => ({ id, label: presetWords[id] }))}
          value={custom ? 'custom' : chosen.preset}
          onValueChange={(preset) => void setChosen({ preset: preset as Preset, from: null, to: null })}
        />
        <fieldset className="flex items-center gap-2" aria-label="Days">
          <Input
            type="date"
            aria-label="First day"
            className="w-36"
            max={range.to}
            value={range.from}
            onChange={({ target: { value } }) => value && void setChosen({ from: value, to: range.to })}
          />
          <span className="text-muted">to</span>
          <Input
            type="date"
            aria-label="Last day"
            className="w-36"
            min={range.from}
            value={range.to}
            onChange={({ target: { value } }) => value && void setChosen({ from: range.from, to: value })}
          />
        </fieldset>
        <span className="flex flex-wrap gap-2 xl:ml-auto">
          <Select
            aria-label="Currency"
            className="w-28"
            value={currency}
            onValueChange={(value) => void setChosen({ currency: value, channel: null, country: null })}
            options={(spans.data ?? []).map((each) => ({ value: each.currency, label: each.currency }))}
          />
          <Select
            aria-label="Channel"
            className="w-36"
            value={channel ?? all}
            onValueChange={(value) => void setChosen({ channel: value === all ? null : value })}
            options={[
              { value: all, label: 'All channels' },
              ...(span?.channels ?? []).map((each) => ({ value: each, label: channelName(each) })),
            ]}
          />
          <Select
            aria-label="Country"
            className="w-40"
            value={country ?? all}
            onValueChange={(value) => void setChosen({ country: value === all ? null : value })}
            options={[
              { value: all, label: 'All countries' },
              ...(span?.countries ?? []).map((each) => ({ value: each, label: countryName(each) })),
            ]}
          />
        </span>
      </div>
      {failed ? (
        <ErrorState
          title="The figures could not be read."
          onRetry={() => void failed.refetch()}
          reference={referenceOf(failed.error)}
        >
          {wordsOf(failed.error)}
        </ErrorState>
      ) : spans.data && spans.data.length === 0 ? (
        <EmptyState title="Nothing was sold yet.">Figures appear here with the first order.</EmptyState>
      ) : !overview.data ? (
        <ChartSkeletons />
      ) : (
        <div aria-busy={overview.isPlaceholderData}>
          <AnalyticsFigures overview={overview.data} currency={currency} />
          {isEmpty ? (
            <EmptyState
              title={`Nothing happened in ${currency} from ${rangeWords(range)}.`}
              action={<Button onClick={showAll}>Show all {currency}</Button>}
            >
              {span &&
                `${formatCount(span.orders)} orders in ${currency} were placed from ${rangeWords({ from: span.firstDay, to: span.lastDay })}.`}
            </EmptyState>
          ) : (
            <AnalyticsCharts
              overview={overview.data}
              currency={currency}
              range={range}
              narrowed={channel !== undefined || country !== undefined}
            />
          )}
        </div>
      )}
    </div>
  );
};
