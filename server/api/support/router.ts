import { router } from '../trpc.ts';
import { orderAddNote } from './order-add-note.ts';

/** What support agents do. */
export const supportRouter = router({
  order: router({ addNote: orderAddNote }),
});
