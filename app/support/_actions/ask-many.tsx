'use client';

import type { DeskBulk } from '../_selection/use-bulk.ts';
import type { DeskActions } from './use-desk-actions.ts';

interface AskManyProps {
  readonly actions: DeskActions;
  readonly bulk: DeskBulk;
}

/** The dialog of an action on several orders. */
export const AskMany = ({ actions: { asking, stopAsking }, bulk }: AskManyProps) => {
  const Dialog = asking?.action.many?.Dialog;
  if (!asking || !Dialog) return null;
  return <Dialog orders={asking.orders} onRun={(job) => bulk.start(job, asking.orders)} onClose={stopAsking} />;
};
