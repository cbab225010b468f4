import { QueryClient } from '@tanstack/react-query';
import { isPassing } from './api-error.ts';

const retriesMost = 3;

const retry = (failures: number, error: unknown): boolean => failures < retriesMost && isPassing(error);

/** 0.5 s, 1 s, 2 s: a full server asks for 2 s. */
const retryDelay = (failures: number): number => Math.min(500 * 2 ** failures, 4_000);

/**
 * Old content stays while new is fetched; what may pass is retried. Mutations are retried too: each carries its
 * command id, so that a second arrival gets the first's answer.
 */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 5_000, retry, retryDelay, refetchOnWindowFocus: true },
      mutations: { retry, retryDelay },
    },
  });
