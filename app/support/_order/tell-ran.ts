import type { Ran } from '../../_optimistic/use-waybill-command.ts';
import { notify } from '../../_ui/toast.tsx';

export type Told = {
  /** "WB-48213 is on hold". */
  readonly done: string;
  /** Where it can't be done: "WB-48213 was not held." */
  readonly notDone: string;
  readonly detail?: string | undefined;
  readonly undo?: () => Ran;
};

/**
 * Says that something is done, before the server has answered; no longer says so where it refuses or does not answer,
 * since the order then says why.
 */
export const tellRan = (ran: Ran, { done, notDone, detail, undo }: Told, say = notify): void => {
  if (!ran.ok) {
    say(notDone, { detail: ran.words });
    return;
  }
  const onUndo = () => {
    const back = undo?.();
    if (!back) return;
    if (!back.ok) {
      say('It can’t be undone any more.', { detail: back.words });
      return;
    }
    // The order that would say it may be closed by now.
    void back.answered.then((problem) => {
      if (!problem) return;
      say(problem.kind === 'failed' ? 'It may not be undone.' : 'It was not undone.', { detail: problem.words });
    });
  };
  const takeBack = say(done, { detail, onUndo: undo && onUndo });
  void ran.answered.then((problem) => problem && takeBack());
};
