import { CircleX, CreditCard, FilePen } from 'lucide-react';
import { missingOf } from '#domain/order/draft.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { OrderAction } from '../_actions/order-action.ts';
import type { OrderPartProps } from '../_order/order-part.ts';
import { ContinueDraft, DiscardDraft, PlaceDraft } from './draft-dialogs.tsx';

const whyNotPlaced = ({ order }: OrderPartProps): string | null => {
  if (isErased(order.contact)) return 'The customer’s data were erased';
  if (order.lines.length === 0) return 'It has no products yet. Continue it first';
  const missing = missingOf(order);
  return missing === null ? null : `The address has no ${missing} yet. Continue it first`;
};

const isOpen = ({ order }: OrderPartProps): boolean => order.status === 'draft';

/** What can be done with a draft, and with nothing else. */
export const draftActions: readonly OrderAction[] = [
  {
    id: 'place-draft',
    label: 'Place',
    does: 'Place the draft',
    key: 'p',
    icon: CreditCard,
    place: 'button',
    draft: 'only',
    keywords: ['order', 'card', 'pay', 'phone'],
    doing: 'is placing it',
    applies: isOpen,
    whyNot: whyNotPlaced,
    Dialog: PlaceDraft,
  },
  {
    id: 'continue-draft',
    label: 'Continue',
    does: 'Continue the draft',
    key: 'e',
    icon: FilePen,
    place: 'button',
    draft: 'only',
    keywords: ['edit', 'change', 'write', 'phone'],
    doing: 'is writing the draft',
    applies: isOpen,
    whyNot: ({ order }) => (isErased(order.contact) ? 'The customer’s data were erased' : null),
    Dialog: ContinueDraft,
  },
  {
    id: 'discard-draft',
    label: 'Discard the draft',
    does: 'Discard the draft',
    key: 'c',
    icon: CircleX,
    place: 'menu',
    isDangerous: true,
    draft: 'only',
    keywords: ['delete', 'cancel', 'call off'],
    doing: 'is discarding it',
    applies: isOpen,
    whyNot: () => null,
    Dialog: DiscardDraft,
  },
];
