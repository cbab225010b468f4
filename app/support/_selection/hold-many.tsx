'use client';

import { useTRPCClient } from '../../_trpc/trpc.ts';
import type { ManyDialogProps } from '../_actions/order-action.ts';
import { HoldForm } from '../_order/hold-form.tsx';
import { holdJob } from './bulk-jobs.ts';
import { countOf } from './count-of.ts';

/** One reason for all that are selected. */
export const HoldMany = ({ orders, onRun, onClose }: ManyDialogProps) => {
  const client = useTRPCClient();
  const place = (reason: string): null => {
    onRun(holdJob(client, reason));
    return null;
  };
  return <HoldForm what={countOf(orders)} onPlace={place} onClose={onClose} />;
};
