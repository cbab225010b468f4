'use client';

import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../../_trpc/trpc.ts';
import { type InventoryParams, inventoryInputOf } from './inventory-params.ts';

const liveMs = 5_000;
/** Asking for more pages than this again and again would be a burden; they are then as old as they were loaded. */
const livePagesMost = 3;

export const useInventory = (params: InventoryParams) => {
  const trpc = useTRPC();
  const query = useInfiniteQuery(
    trpc.admin.inventory.list.infiniteQueryOptions(inventoryInputOf(params), {
      getNextPageParam: (page) => page.next,
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= livePagesMost ? liveMs : false),
    }),
  );
  const counts = query.data?.pages[0]?.counts ?? null;
  return { ...query, counts, rows: query.data?.pages.flatMap(({ items }) => items) ?? [] };
};

/** The three commands on stock. What was read is asked for again with their token. */
export const useStockCommands = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: trpc.admin.inventory.pathKey() });
  return {
    receive: useMutation(trpc.admin.inventory.receive.mutationOptions({ onSuccess })),
    adjust: useMutation(trpc.admin.inventory.adjust.mutationOptions({ onSuccess })),
    setSafetyStock: useMutation(trpc.admin.inventory.setSafetyStock.mutationOptions({ onSuccess })),
  };
};
