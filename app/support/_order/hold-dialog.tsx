'use client';

import { v7 } from 'uuid';
import { HoldForm } from './hold-form.tsx';
import type { OrderPartProps } from './order-part.ts';
import { tellRan } from './tell-ran.ts';

interface HoldDialogProps extends OrderPartProps {
  readonly onClose: () => void;
}

/** Nobody picks an order on hold. The reason is what the list shows. */
export const HoldDialog = ({ desk, order: { orderNumber }, onClose }: HoldDialogProps) => {
  const place = (reason: string): string | null => {
    const holdId = v7();
    const ran = desk.placeHold(reason, holdId);
    if (!ran.ok) return ran.words;
    tellRan(ran, {
      done: `${orderNumber} is on hold`,
      notDone: `${orderNumber} was not held.`,
      undo: () => desk.releaseHold(holdId),
    });
    return null;
  };
  return <HoldForm what={orderNumber} onPlace={place} onClose={onClose} />;
};
