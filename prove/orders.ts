import { v7 } from 'uuid';
import type { OrderId } from '#domain/shared/ids.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { hmacKey } from '#server/auth/hmac-key.ts';
import { orderPlaced, type SampleOrder } from '#server/processes/testing/events.ts';
import type { CommandRuntime } from '#server/runtime/handle-command.ts';
import type { ScratchEnv } from '../scripts/scratch-database.ts';
import type { StoreProcess } from './store.ts';

export const commandRuntime = (env: ScratchEnv, { store }: Pick<StoreProcess, 'store'>): CommandRuntime => ({
  store,
  commandHmacKey: hmacKey(env.WAYBILL_COMMAND_HMAC_KEY, 'base64'),
});

export const newOrderId = (): OrderId => v7() as OrderId;

/** The command that places a sample order, as the server has priced it. */
export const placeOrder = (orderId: OrderId, sample: Omit<SampleOrder, 'id'> = {}): WaybillCommand => {
  const placed = orderPlaced({ ...sample, id: orderId });
  const lines = placed.lines.map((line) => ({ ...line, lineId: `${orderId}:${line.lineId}` as typeof line.lineId }));
  return { ...placed, lines, type: 'PlaceOrder' };
};
