'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { parseOrderQuery } from '#domain/search/order-query.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { notify } from '../../_ui/toast.tsx';
import type { SavedView } from './desk-types.ts';
import type { ListState } from './use-desk-state.ts';

/** Beside so many a count is shown: each is a search of its own. */
export const countedMost = 12;

export type ViewToSave = Pick<SavedView, 'id' | 'name' | 'query' | 'base' | 'sort' | 'isShared'>;

export const isShown = (view: SavedView, list: ListState): boolean =>
  view.query === list.q.trim() &&
  view.sort === list.sort &&
  // A search for words is one in all orders, whatever the list below was.
  (view.base === list.view || parseOrderQuery(list.q).text !== '');

/** The agent's views and those that colleagues share, with how many orders each finds. */
export const useSavedViews = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: views = [] } = useQuery(trpc.support.views.list.queryOptions(undefined, { staleTime: 60_000 }));
  const ids = views.slice(0, countedMost).map(({ id }) => id);
  const { data: counts = {} } = useQuery(
    trpc.support.views.counts.queryOptions(
      { ids },
      { enabled: ids.length > 0, staleTime: 10_000, refetchInterval: 15_000, placeholderData: (before) => before },
    ),
  );
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.support.views.list.queryKey() });
  const save = useMutation(trpc.support.views.save.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(
    trpc.support.views.delete.mutationOptions({
      onSuccess: refresh,
      onError: (error) => notify('The view was not deleted', { detail: wordsOf(error) }),
    }),
  );
  return {
    views,
    counts,
    save,
    remove: (view: SavedView) =>
      remove.mutate(
        { id: view.id },
        {
          onSuccess: () => {
            const { id, name, query, base, sort, isShared } = view;
            notify(`“${name}” is deleted`, { onUndo: () => save.mutate({ id, name, query, base, sort, isShared }) });
          },
        },
      ),
  };
};
