'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { defaultColumns } from '#domain/search/order-columns.ts';
import { defaultSort } from '#domain/search/order-sorts.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { notify } from '../../_ui/toast.tsx';
import type { DeskPreferences } from './desk-types.ts';

const usual: DeskPreferences = { columns: defaultColumns, sort: defaultSort };

/** The agent's own columns and sort, kept on the server: the screen has them at once, and back where that failed. */
export const usePreferences = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data = usual } = useQuery(
    trpc.support.preferences.get.queryOptions(undefined, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const queryKey = trpc.support.preferences.get.queryKey();
  const { mutate } = useMutation(
    trpc.support.preferences.save.mutationOptions({
      onMutate: (wanted) => {
        const before = queryClient.getQueryData(queryKey);
        queryClient.setQueryData(queryKey, wanted);
        return { before };
      },
      onError: (error, _wanted, context) => {
        queryClient.setQueryData(queryKey, context?.before);
        notify('Your columns were not kept', { detail: wordsOf(error) });
      },
    }),
  );
  const keep = useCallback(
    (change: Partial<DeskPreferences>) =>
      mutate({ columns: [...(change.columns ?? data.columns)], sort: change.sort ?? data.sort }),
    [mutate, data],
  );
  return useMemo(() => ({ preferences: data, keep }), [data, keep]);
};
