import { beforeEach, expect, test } from 'vitest';
import type { Problem } from '../../_optimistic/overlay.ts';
import type { Ran } from '../../_optimistic/use-waybill-command.ts';
import type { ToastOptions } from '../../_ui/toast.tsx';
import { type Told, tellRan } from './tell-ran.ts';

let toasts: { readonly message: string; readonly options: ToastOptions; isShown: boolean }[];
beforeEach(() => {
  toasts = [];
});
const say = (message: string, options: ToastOptions = {}) => {
  const toast = { message, options, isShown: true };
  toasts.push(toast);
  return () => {
    toast.isShown = false;
  };
};
const tell = (ran: Ran, told: Told): void => tellRan(ran, told, say);

const said = { done: 'WB-1 is on hold', notDone: 'WB-1 was not held.' };
const accepted = (problem: Problem | null = null): Ran => ({
  ok: true,
  commandId: 'c',
  answered: Promise.resolve(problem),
});
const rejected = { ok: false, words: 'The order is canceled.' } as Ran;
const shown = () => toasts.filter(({ isShown }) => isShown).map(({ message, options }) => [message, options.detail]);
const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is recorded stays said, and what the server refuses does not', async () => {
  tell(accepted(), said);
  tell(accepted({ kind: 'rejected' } as Problem), { ...said, done: 'WB-2 is on hold' });
  expect(shown()).toHaveLength(2);
  await turn();
  expect(shown()).toEqual([['WB-1 is on hold', undefined]]);
});

test('what can’t be done says why', () => {
  tell(rejected, said);
  expect(shown()).toEqual([['WB-1 was not held.', 'The order is canceled.']]);
});

test('an undo that can’t be done says why', () => {
  tell(accepted(), { ...said, undo: () => rejected });
  toasts[0]?.options.onUndo?.();
  expect(shown()).toContainEqual(['It can’t be undone any more.', 'The order is canceled.']);
});

test('an undo that the server refuses, or does not answer, says so', async () => {
  for (const kind of ['rejected', 'failed'] as const) {
    tell(accepted(), { ...said, undo: () => accepted({ kind, words: 'No.' } as Problem) });
    toasts.at(-1)?.options.onUndo?.();
    await turn();
  }
  expect(shown().filter(([, detail]) => detail !== undefined)).toEqual([
    ['It was not undone.', 'No.'],
    ['It may not be undone.', 'No.'],
  ]);
});

test('what can’t be taken back offers no undo', () => {
  tell(accepted(), said);
  expect(toasts[0]?.options.onUndo).toBeUndefined();
});
