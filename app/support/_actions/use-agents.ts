'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../_trpc/trpc.ts';

/** Who works at the desk, by name, and which of them is looking. */
export const useAgents = () => {
  const trpc = useTRPC();
  const { data: reference } = useQuery(trpc.support.reference.queryOptions(undefined, { staleTime: 300_000 }));
  const { data: me } = useQuery(trpc.session.me.queryOptions(undefined, { staleTime: 300_000 }));
  const staff = reference?.staff ?? [];
  return {
    me: me?.id ?? null,
    agents: staff.filter(({ role }) => role === 'support' || role === 'admin'),
    /** Also of those who work elsewhere by now. */
    nameOf: (id: string) => staff.find((person) => person.id === id)?.name ?? 'A colleague',
  };
};
