import { isErased } from '#domain/shared/personal.ts';
import type { WaybillReturn } from '#domain/waybill/returns.ts';

/** Why it comes back, in the customer's own words, and what they hope for. */
export const CustomersWords = ({ asked }: { readonly asked: WaybillReturn }) => (
  <div className="border-rule border-b px-gutter py-3">
    <p className="text-admin text-muted">
      {asked.resolution === 'refund' ? 'For a refund' : 'For the same again'}, because
    </p>
    <p className="break-words font-medium">{isErased(asked.reason) ? 'erased' : `“${asked.reason}”`}</p>
  </div>
);
