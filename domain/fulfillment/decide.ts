import { accept, type Decision, reject, unreachable } from '../shared/decider.ts';
import type { FulfillmentId, LineId, OrderId } from '../shared/ids.ts';
import { sum } from '../shared/money.ts';
import type { FulfillmentEvent } from './events.ts';
import { type ExistingFulfillment, type Fulfillment, type FulfillmentStatus, leftToPick } from './state.ts';

type ForFulfillment = { readonly fulfillmentId: FulfillmentId; readonly orderId: OrderId };
type Created = Extract<FulfillmentEvent, { type: 'FulfillmentCreated' }>;

export type CreateFulfillment = { readonly type: 'CreateFulfillment' } & Omit<Created, 'type'>;
export type StartPicking = ForFulfillment & { readonly type: 'StartPicking'; readonly picker: string };
export type PickItem = ForFulfillment & {
  readonly type: 'PickItem';
  readonly lineId: LineId;
  readonly quantity: number;
};
export type ReportShortPick = ForFulfillment & {
  readonly type: 'ReportShortPick';
  readonly lineId: LineId;
  readonly missing: number;
};
export type PackFulfillment = ForFulfillment & {
  readonly type: 'PackFulfillment';
  readonly packages: readonly { readonly parcelId: string; readonly weightGrams: number }[];
};
export type ShipFulfillment = ForFulfillment & {
  readonly type: 'ShipFulfillment';
  readonly carrier: string;
  readonly trackingNumber: string;
};
export type UpdateTracking = ForFulfillment & { readonly type: 'UpdateTracking'; readonly status: string };
export type DeliverFulfillment = ForFulfillment & { readonly type: 'DeliverFulfillment' };
export type FailDelivery = ForFulfillment & { readonly type: 'FailDelivery'; readonly reason: string };

export type FulfillmentCommand =
  | CreateFulfillment
  | StartPicking
  | PickItem
  | ReportShortPick
  | PackFulfillment
  | ShipFulfillment
  | UpdateTracking
  | DeliverFulfillment
  | FailDelivery;

export type FulfillmentRejection =
  | { readonly code: 'FulfillmentUnknown' }
  | { readonly code: 'FulfillmentNotReady'; readonly status: FulfillmentStatus }
  | { readonly code: 'FulfillmentOnHold'; readonly reason: string }
  | { readonly code: 'LineUnknown' }
  | { readonly code: 'PickExceedsLine'; readonly left: number }
  | { readonly code: 'ItemsNotPicked'; readonly left: number }
  | { readonly code: 'NothingPicked' };

type FulfillmentDecision = Decision<FulfillmentEvent, FulfillmentRejection>;

const keys = ({ fulfillmentId, orderId }: ExistingFulfillment) => ({ fulfillmentId, orderId });
const notReady = ({ status }: ExistingFulfillment): FulfillmentDecision =>
  reject({ code: 'FulfillmentNotReady', status });

const nothingFound = 'Nothing of it was found on the shelves.';

const startPicking = ({ picker }: StartPicking, state: ExistingFulfillment): FulfillmentDecision => {
  if (state.status === 'picking' && state.picker === picker) return accept();
  if (state.status === 'on_hold') return reject({ code: 'FulfillmentOnHold', reason: state.holdReason });
  if (state.status !== 'open') return notReady(state);
  return accept({ type: 'PickingStarted', ...keys(state), warehouse: state.warehouse, picker });
};

const pickItem = ({ lineId, quantity }: PickItem, state: ExistingFulfillment): FulfillmentDecision => {
  if (state.status !== 'picking') return notReady(state);
  const line = state.lines.find((candidate) => candidate.lineId === lineId);
  if (!line) return reject({ code: 'LineUnknown' });
  const left = leftToPick(state, lineId);
  if (quantity < 1 || quantity > left) return reject({ code: 'PickExceedsLine', left });
  return accept({ type: 'ItemPicked', ...keys(state), lineId, sku: line.sku, quantity });
};

const reportShortPick = ({ lineId, missing }: ReportShortPick, state: ExistingFulfillment): FulfillmentDecision => {
  if (state.status !== 'picking') return notReady(state);
  const line = state.lines.find((candidate) => candidate.lineId === lineId);
  if (!line) return reject({ code: 'LineUnknown' });
  const left = leftToPick(state, lineId);
  if (missing < 1 || missing > left) return reject({ code: 'PickExceedsLine', left });
  const reported = { type: 'ShortPickReported' as const, ...keys(state), lineId, sku: line.sku, missing };
  const leftInAll = sum(state.lines.map((each) => leftToPick(state, each.lineId)));
  if (leftInAll > missing || Object.keys(state.picked).length > 0) return accept(reported);
  // Nothing to pack, ever: it must not stand on the floor for ever.
  return accept<FulfillmentEvent>(reported, { type: 'FulfillmentCanceled', ...keys(state), reason: nothingFound });
};

const pack = ({ packages }: PackFulfillment, state: ExistingFulfillment): FulfillmentDecision => {
  if (state.status === 'packed') return accept();
  if (state.status !== 'picking') return notReady(state);
  const left = state.lines.reduce((total, line) => total + leftToPick(state, line.lineId), 0);
  if (left > 0) return reject({ code: 'ItemsNotPicked', left });
  if (Object.keys(state.picked).length === 0) return reject({ code: 'NothingPicked' });
  return accept({ type: 'FulfillmentPacked', ...keys(state), packages: [...packages] });
};

const ship = ({ carrier, trackingNumber }: ShipFulfillment, state: ExistingFulfillment): FulfillmentDecision => {
  if (state.status === 'shipped' && state.trackingNumber === trackingNumber) return accept();
  if (state.status !== 'packed') return notReady(state);
  const lines = state.lines.flatMap(({ lineId, sku }) => {
    const quantity = state.picked[lineId] ?? 0;
    return quantity > 0 ? [{ lineId, sku, quantity }] : [];
  });
  const { warehouse } = state;
  return accept({ type: 'FulfillmentShipped', ...keys(state), warehouse, carrier, trackingNumber, lines });
};

const updateTracking = ({ status }: UpdateTracking, state: ExistingFulfillment): FulfillmentDecision =>
  state.status === 'shipped' ? accept({ type: 'TrackingUpdated', ...keys(state), status }) : notReady(state);

const deliver = (state: ExistingFulfillment): FulfillmentDecision => {
  if (state.status === 'delivered') return accept();
  if (state.status !== 'shipped' && state.status !== 'delivery_failed') return notReady(state);
  return accept({ type: 'FulfillmentDelivered', ...keys(state) });
};

const failDelivery = ({ reason }: FailDelivery, state: ExistingFulfillment): FulfillmentDecision => {
  if (state.status === 'delivery_failed') return accept();
  if (state.status !== 'shipped') return notReady(state);
  return accept({ type: 'DeliveryFailed', ...keys(state), reason });
};

/** Decides a command that looks at one fulfillment alone. Pure. */
export const decide = (command: FulfillmentCommand, state: Fulfillment): FulfillmentDecision => {
  if (command.type === 'CreateFulfillment') {
    const { type: _type, ...created } = command;
    return state.status === 'absent' ? accept({ type: 'FulfillmentCreated', ...created }) : accept();
  }
  if (state.status === 'absent') return reject({ code: 'FulfillmentUnknown' });
  switch (command.type) {
    case 'StartPicking':
      return startPicking(command, state);
    case 'PickItem':
      return pickItem(command, state);
    case 'ReportShortPick':
      return reportShortPick(command, state);
    case 'PackFulfillment':
      return pack(command, state);
    case 'ShipFulfillment':
      return ship(command, state);
    case 'UpdateTracking':
      return updateTracking(command, state);
    case 'DeliverFulfillment':
      return deliver(state);
    case 'FailDelivery':
      return failDelivery(command, state);
    default:
      return unreachable(command);
  }
};
