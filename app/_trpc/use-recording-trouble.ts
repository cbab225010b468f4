'use client';

import { useQuery } from '@tanstack/react-query';
import type { RecordingTrouble } from '../_ui/recording-banner.tsx';

const restMs = 15_000;
const troubledMs = 3_000;

const ask = async (): Promise<RecordingTrouble | null> => {
  const answer = await fetch('/api/health', { cache: 'no-store' });
  const { status } = (await answer.json()) as { status: RecordingTrouble | 'ok' };
  return status === 'ok' ? null : status;
};

/**
 * What keeps the server from recording; null when nothing does, or nobody knows (a server that isn't reached is told of
 * where something was asked).
 */
export const useRecordingTrouble = (): RecordingTrouble | null => {
  const { data } = useQuery({
    queryKey: ['recording-trouble'],
    queryFn: ask,
    refetchInterval: ({ state }) => (state.data ? troubledMs : restMs),
    retry: false,
    // The first answer comes after the page has what it was opened for.
    staleTime: 0,
  });
  return data ?? null;
};
