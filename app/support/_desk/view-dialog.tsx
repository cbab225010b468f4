'use client';

import { type FormEvent, useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import { filterWords } from '#domain/search/filter-words.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { Button } from '../../_ui/button.tsx';
import { Checkbox } from '../../_ui/checkbox.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { sortWords } from './columns-menu.tsx';
import type { SavedView } from './desk-types.ts';
import { partsOf, searchInput } from './search-input.ts';
import type { ListState } from './use-desk-state.ts';
import type { useSavedViews } from './use-saved-views.ts';
import { viewLabels } from './view-labels.ts';

interface ViewDialogProps {
  /** The view that is changed; null for a new one, of what the list shows. */
  readonly view: SavedView | null;
  readonly list: ListState;
  readonly save: ReturnType<typeof useSavedViews>['save'];
  readonly onClose: () => void;
}

const described = ({ view, q, sort }: ListState): string => {
  const { chips, rest } = partsOf(q);
  const filters = chips.map(filterWords).map(({ name, value }) => `${name} ${value}`);
  return [viewLabels[view], ...filters, ...(rest ? [`“${rest}”`] : []), sortWords[sort].toLowerCase()].join(', ');
};

const sameList = (a: ListState, b: ListState): boolean => a.view === b.view && a.q === b.q && a.sort === b.sort;

/** Keeps a search under a name, for oneself or for all agents; or changes one that is kept. */
export const ViewDialog = ({ view, list, save, onClose }: ViewDialogProps) => {
  const [id] = useState(() => view?.id ?? v7());
  const [name, setName] = useState(view?.name ?? '');
  const [isShared, setIsShared] = useState(view?.isShared ?? false);
  const [takesList, setTakesList] = useState(view === null);
  const [error, setError] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the dialog has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const asked = searchInput(list);
  const shown: ListState = { view: asked.view, q: asked.q, sort: asked.sort };
  const kept: ListState = view ? { view: view.base, q: view.query, sort: view.sort } : shown;
  const wanted = takesList ? shown : kept;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') {
      setError('Enter a name, such as “Large and held”.');
      field.current?.focus();
      return;
    }
    save.mutate(
      { id, name: name.trim(), query: wanted.q, base: wanted.view, sort: wanted.sort, isShared },
      {
        onSuccess: onClose,
        onError: (failure) => {
          setError(wordsOf(failure));
          field.current?.focus();
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={view ? `Change “${view.name}”` : 'Save this view'}
        description={described(wanted)}
        footer={
          <>
            <Button onClick={onClose}>{view ? 'Leave it as it is' : 'Don’t save'}</Button>
            <Button type="submit" form="view-form" variant="primary" busy={save.isPending}>
              {view ? 'Save changes' : 'Save view'}
            </Button>
          </>
        }
      >
        <form id="view-form" onSubmit={onSubmit} className="flex flex-col gap-4 pt-1">
          <Field label="Name" error={error} required>
            <Input
              ref={field}
              value={name}
              maxLength={40}
              autoComplete="off"
              onChange={(event) => {
                setName(event.target.value);
                setError(undefined);
              }}
            />
          </Field>
          <Checkbox
            label="Share with all agents. Only you can change it."
            checked={isShared}
            onCheckedChange={(checked) => setIsShared(checked === true)}
          />
          {view && !sameList(shown, kept) && (
            <Checkbox
              label="Replace its search with what the list shows now."
              checked={takesList}
              onCheckedChange={(checked) => setTakesList(checked === true)}
            />
          )}
        </form>
      </DialogContent>
    </Dialog>
  );
};
