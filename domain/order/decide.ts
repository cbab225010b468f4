import { accept, type Decision, reject, unreachable } from '../shared/decider.ts';
import type { LineId, OrderId } from '../shared/ids.ts';
import { isErased } from '../shared/personal.ts';
import { type DraftCommand, type DraftRejection, decideDraft, repeatedLineId } from './draft.ts';
import { maxOrderLines, type OrderEvent, type OrderPlaced, type OrderRejectionReason } from './events.ts';
import { addsUp } from './pricing.ts';
import type { ExistingOrder, Order } from './state.ts';

type ForOrder = { readonly orderId: OrderId };

/** Enriched by the server: number, prices, tax, tier and promise never come from the client. */
export type PlaceOrder = { readonly type: 'PlaceOrder' } & Omit<OrderPlaced, 'type'>;
export type ConfirmOrder = ForOrder & { readonly type: 'ConfirmOrder' };
export type RejectOrder = ForOrder & { readonly type: 'RejectOrder'; readonly reason: OrderRejectionReason };
export type PlaceHold = ForOrder & { readonly type: 'PlaceHold'; readonly holdId: string; readonly reason: string };
export type ReleaseHold = ForOrder & { readonly type: 'ReleaseHold'; readonly holdId: string };
export type AddNote = ForOrder & {
  readonly type: 'AddNote';
  readonly noteId: string;
  readonly text: string;
  readonly visibility: 'internal' | 'customer';
};
export type RecordNotification = ForOrder & {
  readonly type: 'RecordNotification';
  readonly notificationId: string;
  readonly template: Extract<OrderEvent, { type: 'NotificationSent' }>['template'];
};
export type TagOrder = ForOrder & { readonly type: 'TagOrder'; readonly tag: string };
export type UntagOrder = ForOrder & { readonly type: 'UntagOrder'; readonly tag: string };
/** `to`: an account that the server knows to be of the staff; null for nobody. */
export type AssignOrder = ForOrder & { readonly type: 'AssignOrder'; readonly to: string | null };
/** Has the confirmation written and sent once more. `notificationId` is new: the first mail has gone under another. */
export type ResendConfirmation = ForOrder & { readonly type: 'ResendConfirmation'; readonly notificationId: string };

export type OrderCommand =
  | PlaceOrder
  | DraftCommand
  | ConfirmOrder
  | RejectOrder
  | PlaceHold
  | ReleaseHold
  | AddNote
  | RecordNotification
  | TagOrder
  | UntagOrder
  | AssignOrder
  | ResendConfirmation;

/** More would say nothing any more. */
const maxTags = 30;

export type OrderRejection =
  | DraftRejection
  | { readonly code: 'OrderUnknown' }
  | { readonly code: 'OrderExists' }
  | { readonly code: 'OrderEmpty' }
  | { readonly code: 'OrderTooLarge'; readonly lines: number; readonly most: number }
  | { readonly code: 'LineRepeated'; readonly lineId: LineId }
  | { readonly code: 'TotalsWrong' }
  | { readonly code: 'OrderClosed'; readonly status: ExistingOrder['status'] }
  | { readonly code: 'TooManyTags'; readonly most: number }
  | { readonly code: 'OrderNotConfirmed' }
  /** The person's data were erased: there is no address any more. */
  | { readonly code: 'NobodyToWriteTo' };

type OrderDecision = Decision<OrderEvent, OrderRejection>;

const placeOrder = ({ type: _type, ...placed }: PlaceOrder, state: Order): OrderDecision => {
  if (state.status !== 'absent') return reject({ code: 'OrderExists' });
  if (placed.lines.length === 0) return reject({ code: 'OrderEmpty' });
  if (placed.lines.length > maxOrderLines)
    return reject({ code: 'OrderTooLarge', lines: placed.lines.length, most: maxOrderLines });
  const repeated = repeatedLineId(placed.lines);
  if (repeated !== null) return reject({ code: 'LineRepeated', lineId: repeated });
  if (!addsUp(placed)) return reject({ code: 'TotalsWrong' });
  return accept({ type: 'OrderPlaced', ...placed });
};

const confirmOrder = ({ orderId }: ConfirmOrder, order: ExistingOrder): OrderDecision => {
  if (order.status === 'confirmed' || order.status === 'completed') return accept();
  if (order.status !== 'placed') return reject({ code: 'OrderClosed', status: order.status });
  return accept({ type: 'OrderConfirmed', orderId });
};

const rejectOrder = ({ orderId, reason }: RejectOrder, order: ExistingOrder): OrderDecision => {
  if (order.status === 'rejected') return accept();
  if (order.status !== 'placed') return reject({ code: 'OrderClosed', status: order.status });
  return accept({ type: 'OrderRejected', orderId, reason });
};

const placeHold = ({ orderId, holdId, reason }: PlaceHold, order: ExistingOrder): OrderDecision => {
  if (order.holds[holdId] !== undefined) return accept();
  if (order.status !== 'placed' && order.status !== 'confirmed')
    return reject({ code: 'OrderClosed', status: order.status });
  return accept({ type: 'OrderHoldPlaced', orderId, holdId, reason });
};

const releaseHold = ({ orderId, holdId }: ReleaseHold, order: ExistingOrder): OrderDecision =>
  order.holds[holdId] === undefined ? accept() : accept({ type: 'OrderHoldReleased', orderId, holdId });

/** Notes may be added to an order in any state. */
const addNote = ({ orderId, noteId, text, visibility }: AddNote, order: ExistingOrder): OrderDecision => {
  if (order.notes.some((note) => note.noteId === noteId)) return accept();
  return accept({ type: 'OrderNoteAdded', orderId, subjectId: order.subjectId, noteId, text, visibility });
};

const recordNotification = (command: RecordNotification, order: ExistingOrder): OrderDecision => {
  const { orderId, notificationId, template } = command;
  // A mail to an erased person can't have been sent; nothing is recorded then.
  if (order.notified.includes(notificationId) || isErased(order.contact)) return accept();
  return accept({ type: 'NotificationSent', orderId, notificationId, template });
};

/** Tags, like notes, may be put on an order in any state. */
const tagOrder = ({ orderId, tag }: TagOrder, order: ExistingOrder): OrderDecision => {
  if (order.tags.includes(tag)) return accept();
  if (order.tags.length >= maxTags) return reject({ code: 'TooManyTags', most: maxTags });
  return accept({ type: 'OrderTagged', orderId, tag });
};

const untagOrder = ({ orderId, tag }: UntagOrder, order: ExistingOrder): OrderDecision =>
  order.tags.includes(tag) ? accept({ type: 'OrderUntagged', orderId, tag }) : accept();

const assignOrder = ({ orderId, to }: AssignOrder, order: ExistingOrder): OrderDecision =>
  order.assignee === to ? accept() : accept({ type: 'OrderAssigned', orderId, from: order.assignee, to });

const resendConfirmation = ({ orderId, notificationId }: ResendConfirmation, order: ExistingOrder): OrderDecision => {
  if (order.mailsAskedFor?.includes(notificationId) || order.notified.includes(notificationId)) return accept();
  if (order.status === 'placed' || order.status === 'draft') return reject({ code: 'OrderNotConfirmed' });
  if (order.status !== 'confirmed' && order.status !== 'completed')
    return reject({ code: 'OrderClosed', status: order.status });
  if (isErased(order.contact)) return reject({ code: 'NobodyToWriteTo' });
  return accept({ type: 'NotificationRequested', orderId, notificationId, template: 'order-confirmed', about: null });
};

/** Decides a command that looks at the order alone. Pure. */
export const decide = (command: OrderCommand, state: Order): OrderDecision => {
  if (command.type === 'PlaceOrder') return placeOrder(command, state);
  if (command.type === 'CreateDraftOrder') return decideDraft(command, state);
  if (state.status === 'absent') return reject({ code: 'OrderUnknown' });
  switch (command.type) {
    case 'ReviseDraftOrder':
    case 'PlaceDraftOrder':
    case 'DiscardDraftOrder':
      return decideDraft(command, state);
    case 'ConfirmOrder':
      return confirmOrder(command, state);
    case 'RejectOrder':
      return rejectOrder(command, state);
    case 'PlaceHold':
      return placeHold(command, state);
    case 'ReleaseHold':
      return releaseHold(command, state);
    case 'AddNote':
      return addNote(command, state);
    case 'RecordNotification':
      return recordNotification(command, state);
    case 'TagOrder':
      return tagOrder(command, state);
    case 'UntagOrder':
      return untagOrder(command, state);
    case 'AssignOrder':
      return assignOrder(command, state);
    case 'ResendConfirmation':
      return resendConfirmation(command, state);
    default:
      return unreachable(command);
  }
};
