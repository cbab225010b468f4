'use client';

import { revealed } from '#domain/shared/personal.ts';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { formatMoney } from '../../_ui/format.ts';
import type { OrderPartProps } from '../_order/order-part.ts';
import { tellRan } from '../_order/tell-ran.ts';
import { erasedWord } from '../_order/words.ts';
import { DraftSheet } from './draft-sheet.tsx';
import { PlaceDialog } from './place-dialog.tsx';

interface DraftDialogProps extends OrderPartProps {
  readonly onClose: () => void;
}

const nothing = (): void => undefined;

/** Goes on with the open draft. */
export const ContinueDraft = ({ onClose, ...part }: DraftDialogProps) => (
  <DraftSheet part={part} onShow={nothing} onClose={onClose} />
);

/** Places the open draft as it stands. */
export const PlaceDraft = ({ order, recorded, onClose }: DraftDialogProps) => {
  const { orderId, orderNumber, currency, totals } = order;
  const version = recorded.versions[`order-${orderId}`] ?? 0;
  return (
    <PlaceDialog
      draft={{ orderId, orderNumber, currency, version, totalMinor: totals.grandTotalMinor }}
      customer={revealed(order.contact, ({ name }) => name, erasedWord)}
      onPlaced={onClose}
      onClose={onClose}
    />
  );
};

/** Ends the open draft without an order. */
export const DiscardDraft = ({ desk, order, onClose }: DraftDialogProps) => {
  const { orderNumber, totals, currency } = order;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Discard ${orderNumber} of ${formatMoney(totals.grandTotalMinor, currency)}?`}
      confirmLabel={`Discard ${orderNumber}`}
      cancelLabel="Keep the draft"
      onConfirm={() => {
        tellRan(desk.discardDraft(), {
          done: `${orderNumber} is discarded`,
          notDone: 'The draft was not discarded.',
        });
        onClose();
      }}
    >
      The draft ends without an order. It stays on record, and can’t be taken up again.
    </ConfirmDialog>
  );
};
