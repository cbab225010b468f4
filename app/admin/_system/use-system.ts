'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { notify } from '../../_ui/toast.tsx';

const liveMs = 1_500;

export const useSystemStatus = () => {
  const trpc = useTRPC();
  return useQuery(trpc.admin.system.status.queryOptions(undefined, { refetchInterval: liveMs, staleTime: 0 }));
};

/** What can be done here; the status is asked for again at once, and a refusal is said. */
export const useSystemActs = () => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = {
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.admin.system.pathKey() }),
    onError: (error: unknown) => notify('That was not done.', { detail: wordsOf(error) }),
  };
  return {
    rebuild: useMutation(trpc.admin.rebuild.request.mutationOptions(options)),
    pause: useMutation(trpc.admin.rebuild.pause.mutationOptions(options)),
    cancel: useMutation(trpc.admin.rebuild.cancel.mutationOptions(options)),
    retry: useMutation(trpc.admin.parked.retry.mutationOptions(options)),
    skip: useMutation(trpc.admin.parked.skip.mutationOptions(options)),
    retryEffect: useMutation(trpc.admin.work.retryEffect.mutationOptions(options)),
    retryOrder: useMutation(trpc.admin.work.retryOrder.mutationOptions(options)),
  };
};
