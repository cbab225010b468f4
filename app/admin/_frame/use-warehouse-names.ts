'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../_trpc/trpc.ts';

/** Our warehouses, and the name of any code: an imported one is its own name. */
export const useWarehouseNames = () => {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.admin.warehouses.queryOptions(undefined, { staleTime: 300_000 }));
  return {
    warehouses: data,
    nameOf: (code: string): string => data.find((warehouse) => warehouse.code === code)?.city ?? code,
  };
};
