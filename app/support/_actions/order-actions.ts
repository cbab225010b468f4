import {
  Ban,
  CircleX,
  Hand,
  HandHelping,
  MailWarning,
  PackageCheck,
  PackageMinus,
  PencilLine,
  Send,
  StickyNote,
  Tag,
  Undo2,
  UserRoundCheck,
} from 'lucide-react';
import { isErased } from '#domain/shared/personal.ts';
import { summarize } from '#domain/waybill/summary.ts';
import { AmendSheet } from '../_amend/amend-sheet.tsx';
import { whyUnchangeable } from '../_amend/preview.ts';
import { draftActions } from '../_draft/draft-actions.ts';
import { CancelDialog } from '../_order/cancel-dialog.tsx';
import { canCancelPart } from '../_order/cancel-part.ts';
import { HoldDialog } from '../_order/hold-dialog.tsx';
import { NoteDialog } from '../_order/note-dialog.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { RefundSheet } from '../_order/refund-sheet.tsx';
import { releaseOrder } from '../_order/release-hold.ts';
import { tellRan } from '../_order/tell-ran.ts';
import { approveReturn, unanswered } from '../_returns/answer-return.ts';
import { DeclineOldest } from '../_returns/decline-dialog.tsx';
import { ReturnSheet } from '../_returns/return-sheet.tsx';
import { returnable } from '../_returns/returnable.ts';
import { releaseJob } from '../_selection/bulk-jobs.ts';
import { CancelMany } from '../_selection/cancel-many.tsx';
import { HoldMany } from '../_selection/hold-many.tsx';
import { AssignDialog, AssignMany } from './assign-dialog.tsx';
import type { OrderAction } from './order-action.ts';
import { TagDialog, TagMany } from './tag-dialog.tsx';

const isHeld = ({ order }: OrderPartProps): boolean => Object.keys(order.holds).length > 0;

const resend = ({ desk, order }: OrderPartProps): void => {
  tellRan(desk.resendConfirmation(), {
    done: 'The confirmation goes out again.',
    notDone: 'The confirmation was not sent again.',
    detail: isErased(order.contact) ? undefined : `To ${order.contact.email}`,
  });
};

/** Everything that an agent can do with an order. A new action is one entry here. */
export const orderActions: readonly OrderAction[] = [
  ...draftActions,
  {
    id: 'amend',
    label: 'Change',
    does: 'Change lines, prices, address or shipping',
    key: 'e',
    icon: PencilLine,
    place: 'button',
    keywords: ['amend', 'edit', 'quantity', 'price', 'discount', 'address', 'shipping', 'add', 'remove'],
    doing: 'is changing it',
    whyNot: ({ waybill }) => whyUnchangeable(waybill),
    Dialog: AmendSheet,
  },
  {
    id: 'refund',
    label: 'Refund',
    does: 'Refund',
    key: 'r',
    icon: Undo2,
    place: 'button',
    keywords: ['money', 'give back'],
    doing: 'is writing a refund',
    whyNot: ({ waybill }) =>
      (summarize(waybill)?.refundableMinor ?? 0) > 0 ? null : 'Nothing to give back: the card is charged on shipping',
    explainsItself: true,
    Dialog: RefundSheet,
  },
  {
    id: 'release',
    label: 'Release hold',
    labelOn: ({ order }) => (Object.keys(order.holds).length > 1 ? 'Release holds' : 'Release hold'),
    does: 'Release the hold',
    key: 'h',
    icon: HandHelping,
    place: 'button',
    keywords: ['hold', 'go on'],
    doing: 'is releasing a hold',
    applies: isHeld,
    whyNot: () => null,
    run: releaseOrder,
    many: { applies: (orders) => orders.every(({ holds }) => holds.length > 0), job: releaseJob },
  },
  {
    id: 'hold',
    label: 'Hold',
    labelOn: (on) => (isHeld(on) ? 'Place another hold' : 'Hold'),
    does: 'Hold the order',
    key: 'h',
    icon: Hand,
    place: 'button',
    keywords: ['stop', 'wait', 'pause'],
    doing: 'is placing a hold',
    whyNot: ({ desk, order: { orderId } }) =>
      desk.commands.objectionTo({ type: 'PlaceHold', orderId, holdId: 'new', reason: 'new' }),
    Dialog: HoldDialog,
    many: { Dialog: HoldMany },
  },
  {
    id: 'assign',
    draft: 'too',
    label: 'Assign',
    does: 'Assign to somebody',
    key: 'a',
    icon: UserRoundCheck,
    place: 'menu',
    keywords: ['give to', 'take', 'mine', 'colleague'],
    doing: 'is assigning it',
    whyNot: ({ desk, order: { orderId } }) => desk.commands.objectionTo({ type: 'AssignOrder', orderId, to: 'new' }),
    Dialog: AssignDialog,
    many: { Dialog: AssignMany },
  },
  {
    id: 'tag',
    draft: 'too',
    label: 'Tag',
    does: 'Add or remove tags',
    key: 't',
    icon: Tag,
    place: 'menu',
    keywords: ['label', 'untag'],
    doing: 'is tagging it',
    whyNot: () => null,
    Dialog: TagDialog,
    many: { Dialog: TagMany },
  },
  {
    id: 'note',
    draft: 'too',
    label: 'Add a note',
    does: 'Add a note',
    key: 'n',
    icon: StickyNote,
    place: 'menu',
    keywords: ['comment', 'write'],
    doing: 'is writing a note',
    whyNot: ({ desk, order: { orderId } }) =>
      desk.commands.objectionTo({ type: 'AddNote', orderId, noteId: 'new', text: 'new', visibility: 'internal' }),
    Dialog: NoteDialog,
  },
  {
    id: 'return',
    label: 'Return items',
    does: 'Return items',
    key: 'b',
    icon: PackageMinus,
    place: 'menu',
    keywords: ['send back', 'exchange'],
    doing: 'is writing a return',
    applies: ({ order }) => order.status === 'confirmed' || order.status === 'completed',
    whyNot: ({ waybill }) => (returnable(waybill).length > 0 ? null : 'Nothing that was delivered is left to return'),
    Dialog: ReturnSheet,
  },
  {
    id: 'approve-return',
    label: 'Approve the return',
    does: 'Approve the return',
    icon: PackageCheck,
    place: 'menu',
    keywords: ['answer', 'accept', 'send back'],
    doing: 'is answering a return',
    applies: (on) => unanswered(on) !== undefined,
    whyNot: () => null,
    run: (on) => {
      const asked = unanswered(on);
      if (asked) approveReturn(on.desk, asked);
    },
  },
  {
    id: 'decline-return',
    label: 'Decline the return',
    does: 'Decline the return',
    icon: Ban,
    place: 'menu',
    keywords: ['answer', 'reject', 'send back'],
    doing: 'is answering a return',
    applies: (on) => unanswered(on) !== undefined,
    whyNot: () => null,
    Dialog: DeclineOldest,
  },
  {
    id: 'retry-mail',
    label: 'Try the mail again',
    does: 'Try a mail again that did not reach the customer',
    icon: MailWarning,
    place: 'menu',
    keywords: ['retry', 'resend', 'unsent', 'failed'],
    doing: 'is sending a mail',
    applies: ({ desk }) => desk.unsentMails.mails.length > 0,
    whyNot: () => null,
    run: ({ desk: { unsentMails } }) => {
      for (const { effectId } of unsentMails.mails) unsentMails.tryAgain(effectId);
    },
  },
  {
    id: 'resend-confirmation',
    label: 'Send the confirmation again',
    does: 'Send the confirmation again',
    key: 'm',
    icon: Send,
    place: 'menu',
    keywords: ['mail', 'link', 'resend'],
    doing: 'is sending a mail',
    whyNot: ({ desk }) => desk.resendObjection,
    run: resend,
  },
  {
    id: 'cancel',
    label: 'Cancel the order',
    does: 'Cancel the order',
    key: 'c',
    icon: CircleX,
    place: 'menu',
    isDangerous: true,
    keywords: ['stop', 'call off', 'part', 'items'],
    doing: 'is canceling it',
    whyNot: ({ desk, waybill, order: { orderId } }) =>
      canCancelPart(waybill)
        ? null
        : desk.commands.objectionTo({ type: 'CancelOrder', orderId, reason: 'new', restock: true }),
    explainsItself: true,
    Dialog: CancelDialog,
    many: { Dialog: CancelMany },
  },
];

/** "is writing a refund": what somebody does with an order, as colleagues read it. */
export const doingWords = (id: string | null): string =>
  id === null ? 'is looking' : (orderActions.find((action) => action.id === id)?.doing ?? 'is changing it');
