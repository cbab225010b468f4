import type { ExistingOrder } from '#domain/order/state.ts';
import type { EventFormat } from '#domain/waybill/event-words.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import type { DeskOrderHandle } from './use-desk-order.ts';

/** What every part of the order's page gets. */
export interface OrderPartProps {
  readonly desk: DeskOrderHandle;
  /** As the agent sees it: what is predicted included. */
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  /** As the read side has it: what differs from it is drawn in pencil. */
  readonly recorded: Waybill;
  readonly format: EventFormat;
}
