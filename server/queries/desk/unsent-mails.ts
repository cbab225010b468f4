import type { Database } from '#db/clients.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { MailTemplate } from '#server/processes/effects.ts';

/** A mail about an order that the mail server refused for good. Its error names no address. `requestedAt` is ISO. */
export type UnsentMail = {
  readonly effectId: string;
  readonly template: MailTemplate;
  readonly error: string | null;
  readonly requestedAt: string;
};

/** Mails about one order that were given up, oldest first. What still waits for its next try is none of them. */
export const readUnsentMails = async (
  { sql }: { readonly sql: Database },
  orderId: OrderId,
): Promise<readonly UnsentMail[]> => {
  const rows = await sql<(Omit<UnsentMail, 'requestedAt'> & { requestedAt: Date })[]>`
    select effect_id as "effectId", effect ->> 'template' as template, last_error as error,
      requested_at as "requestedAt"
    from proc.effects
    where order_key = ${orderId} and status = 'gave_up' and effect ->> 'kind' = 'mail'
    order by requested_at`;
  return rows.map((row) => ({ ...row, requestedAt: row.requestedAt.toISOString() }));
};
