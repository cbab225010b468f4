import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { WaybillReturn } from '#domain/waybill/returns.ts';
import type { FloorCommands } from '../_walk/use-floor-commands.ts';

/** What every step of a return gets. */
export type ReturnStepProps = {
  readonly asked: WaybillReturn;
  /** The delivery that it comes from. */
  readonly fulfillment: ExistingFulfillment;
  readonly orderId: OrderId;
  readonly commands: FloorCommands;
};

/** A returned line as the shelf knows it: its name and picture, and the bin that it goes back to. */
export const productOf = ({ lines }: Pick<ExistingFulfillment, 'lines'>, lineId: string) => {
  const line = lines.find((each) => each.lineId === lineId);
  return {
    name: line?.name ?? 'Unknown item',
    picture: line?.picture ?? 'package',
    hue: line?.hue ?? 215,
    bin: line?.bin ?? null,
  };
};

export const returnsHref = '/warehouse/returns';
