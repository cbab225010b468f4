import { formatCount } from '../../_ui/format.ts';
import { notify } from '../../_ui/toast.tsx';
import type { searchInput } from './search-input.ts';

/** How a list says that it shows what is merely spelled alike. */
export type Spelling = { readonly likeFrom: number | null; readonly instead: string | null };

/** Why there is no file, by the status of the answer; null where there is no answer. */
const refusalWords = (status: number | null): string => {
  if (status === null) return 'Waybill can’t be reached. Check the connection and try again.';
  if (status === 503) return 'Other exports are under way. Try again in a moment.';
  return status === 401 ? 'Your session has ended. Sign in again.' : 'The server could not make it. Try again.';
};

/** Has the browser fetch a list as a file; says why where there is none, and what is in it where that is less. */
export const exportList = async (
  input: ReturnType<typeof searchInput>,
  { likeFrom, instead }: Spelling,
): Promise<void> => {
  const href = `/api/export/orders.csv?${new URLSearchParams(input)}`;
  const status = await fetch(href, { method: 'HEAD' }).then(
    (answer) => answer.status,
    () => null,
  );
  if (status !== 204) {
    notify('The list was not exported.', { detail: refusalWords(status) });
    return;
  }
  // A link that is followed: the browser streams it to the disk, and the page stays.
  const link = document.createElement('a');
  link.href = href;
  link.download = '';
  link.click();
  if (likeFrom === null) return;
  const count = likeFrom === 0 ? 'No order is' : `${formatCount(likeFrom)} of these ${likeFrom === 1 ? 'is' : 'are'}`;
  notify('What is merely spelled alike is not in the file.', {
    detail: `${count} in it. Search for “${instead}” to export the others.`,
  });
};
