import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { FloorCommands } from './use-floor-commands.ts';

/** What every step's view gets. */
export type StepProps<Status extends ExistingFulfillment['status'] = ExistingFulfillment['status']> = {
  readonly fulfillment: Extract<ExistingFulfillment, { status: Status }>;
  readonly orderId: OrderId;
  /** The warehouse's. */
  readonly city: string;
  /** The id of whoever looks. */
  readonly me: string;
  /** Names by account id. */
  readonly people: Readonly<Record<string, string>>;
  /** Grams a piece, by SKU. */
  readonly weights: Readonly<Record<string, number>>;
  readonly commands: FloorCommands;
};

export const count = (quantity: number, one: string, many: string): string =>
  `${quantity} ${quantity === 1 ? one : many}`;
