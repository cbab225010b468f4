import type { WaybillEvent } from '#domain/events/registry.ts';
import type { Totals } from '#domain/order/events.ts';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import { objectionToChanging } from '#domain/waybill/amend.ts';
import { parcelsBegun } from '#domain/waybill/amended-parcels.ts';
import { decide, type WaybillCommand } from '#domain/waybill/decide.ts';
import { rejectionWords } from '#domain/waybill/rejection-words.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { formatMoney } from '../../_ui/format.ts';

/** What a change comes to, as the server will decide it; or why it can't be made, in words. */
export type Preview =
  | {
      readonly ok: true;
      readonly currency: string;
      readonly before: Totals;
      readonly after: Totals;
      /** To be authorized beyond what the bank holds. */
      readonly chargeMinor: number;
      /** To be given back of what was taken. */
      readonly refundMinor: number;
      /** Whence the parcels come that keep the old address and shipping: the warehouse has begun with them. */
      readonly begunIn: readonly WarehouseCode[];
    }
  | { readonly ok: false; readonly words: string };

type Sums = Extract<WaybillEvent, { type: 'AmendmentRequested' | 'OrderLinesCanceled' }>;

const isSums = (event: WaybillEvent): event is Sums =>
  event.type === 'AmendmentRequested' || event.type === 'OrderLinesCanceled';

/** Decides in the browser what nobody was asked for yet. */
export const previewOf = (
  command: Extract<WaybillCommand, { type: 'RequestAmendment' | 'CancelLines' }>,
  waybill: Waybill,
): Preview => {
  const decision = decide(command, waybill);
  if (!decision.ok) return { ok: false, words: rejectionWords(decision.rejection, formatMoney) };
  const sums = decision.events.find(isSums);
  if (!sums) return { ok: false, words: 'Nothing is changed by this.' };
  return {
    ok: true,
    currency: sums.currency,
    before: sums.totalsBefore,
    after: sums.totalsAfter,
    chargeMinor: sums.type === 'AmendmentRequested' ? sums.chargeMinor : 0,
    refundMinor: sums.refundMinor,
    begunIn:
      command.type === 'RequestAmendment'
        ? parcelsBegun(waybill, command.amendment).map(({ warehouse }) => warehouse)
        : [],
  };
};

/** What another address, or another way of shipping, comes too late for. */
export const begunWords = (warehouses: readonly string[]): string =>
  warehouses.length === 1
    ? `The parcel from ${warehouses.join()} keeps its address and shipping: the warehouse has begun with it.`
    : `The parcels from ${warehouses.join(', ')} keep their address and shipping: the warehouse has begun with them.`;

/** Why nothing at all can be changed of an order just now, in words; null when something can. */
export const whyUnchangeable = (waybill: Waybill): string | null => {
  const objection = objectionToChanging(waybill);
  return objection && rejectionWords(objection, formatMoney);
};

type Sum = Pick<Extract<Preview, { ok: true }>, 'before' | 'after' | 'chargeMinor' | 'refundMinor'>;

/** What happens with the money, as a caption over an amount: charged, given back, or neither. */
export const settlementOf = ({ before, after, chargeMinor, refundMinor }: Sum) => {
  if (chargeMinor > 0) return { kind: 'charge', caption: 'To be charged', minor: chargeMinor } as const;
  if (refundMinor > 0) return { kind: 'refund', caption: 'To be given back', minor: refundMinor } as const;
  const less = before.grandTotalMinor - after.grandTotalMinor;
  // Not taken yet, only held: the bank lets go of it by itself.
  if (less > 0) return { kind: 'less', caption: 'Less to be charged', minor: less } as const;
  return { kind: 'none', caption: 'To be charged', minor: 0 } as const;
};
