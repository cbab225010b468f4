import type { Database } from '#db/clients.ts';

/** Makes a given-up effect due again; false when it is not given up (any more). */
export const retryEffect = async ({ sql }: { readonly sql: Database }, effectId: string): Promise<boolean> => {
  const [row] = await sql<{ retried: boolean }[]>`select proc.retry_effect(${effectId}) as retried`;
  return row?.retried ?? false;
};

/** Has an order that processes parked tried at once; false when it is not parked. */
export const retryParkedOrder = async ({ sql }: { readonly sql: Database }, orderKey: string): Promise<boolean> => {
  const [row] = await sql<{ retried: boolean }[]>`select proc.retry_parked(${orderKey}) as retried`;
  return row?.retried ?? false;
};
