import type { KeyHelp } from '../../_ui/keys-dialog.tsx';
import { orderActions } from './order-actions.ts';

/** Keys that move about; what they do is bound by the list, the search box and the toasts. */
const moves: readonly KeyHelp[] = [
  { keys: 'Ctrl K', does: 'Find an order, or say what to do' },
  { keys: '/', does: 'Search' },
  { keys: 'J K', does: 'Next and previous order' },
  { keys: 'Enter', does: 'Open the order' },
  { keys: 'X', does: 'Select the order' },
  { keys: 'Shift X', does: 'Select as far as here' },
  { keys: 'Esc', does: 'Clear the selection; back to the list' },
];

/** Begins an order on the phone, whatever is open. */
export const newOrderKey = 'o';

const last: readonly KeyHelp[] = [
  { keys: 'Z', does: 'Undo what was done last' },
  { keys: '?', does: 'This list' },
];

/** What stands behind `?`: actions that share a key share a line. */
export const deskKeys: readonly KeyHelp[] = [
  ...moves,
  { keys: newOrderKey.toUpperCase(), does: 'New order on the phone' },
  ...[...new Set(orderActions.flatMap(({ key }) => key ?? []))].map((key) => ({
    keys: key.toUpperCase(),
    does: orderActions
      .filter((action) => action.key === key)
      .map(({ does }, index) => (index === 0 ? does : does.slice(0, 1).toLowerCase() + does.slice(1)))
      .join(', or '),
  })),
  ...last,
];
