'use client';

import { Bookmark, Pencil, Plus, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../_ui/popover.tsx';
import type { SavedView } from './desk-types.ts';
import type { ListState } from './use-desk-state.ts';
import { isShown, type useSavedViews } from './use-saved-views.ts';
import { ViewDialog } from './view-dialog.tsx';
import { countWords } from './view-labels.ts';

interface ViewsMenuProps {
  readonly list: ListState;
  readonly saved: ReturnType<typeof useSavedViews>;
  readonly onShow: (view: SavedView) => void;
}

/** All saved views: shown, saved, renamed, shared and deleted here. */
export const ViewsMenu = ({ list, saved, onShow }: ViewsMenuProps) => {
  const [open, setOpen] = useState(false);
  const [dialog, setDialog] = useState<{ readonly view: SavedView | null } | null>(null);
  const edit = (view: SavedView | null) => {
    setOpen(false);
    setDialog({ view });
  };
  return (
    <>
      <Popover open={open} onOpenChange={setOpen}>
        <PopoverTrigger asChild>
          <IconButton label="Saved views" size="sm">
            <Bookmark aria-hidden="true" />
          </IconButton>
        </PopoverTrigger>
        <PopoverContent
          aria-label="Saved views"
          align="end"
          className="flex max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-1rem)] flex-col p-0"
        >
          {saved.views.length === 0 ? (
            <p className="p-3 text-muted">
              No view is saved yet. Search and filter, then save what the list shows, for yourself or for all agents.
            </p>
          ) : (
            <ul aria-label="Saved views" className="min-h-0 overflow-y-auto p-1">
              {saved.views.map((view) => (
                <li
                  key={view.id}
                  className={cn(
                    'flex min-h-control items-center rounded-badge hover:bg-tint',
                    isShown(view, list) && 'bg-pick',
                  )}
                >
                  <button
                    type="button"
                    onClick={() => {
                      setOpen(false);
                      onShow(view);
                    }}
                    className="focus-inset flex min-h-control min-w-0 flex-1 items-center gap-2 rounded-badge px-2 py-1 text-left"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block truncate font-medium">{view.name}</span>
                      {!view.isOwn && <span className="block truncate text-meta text-muted">{view.ownerName}</span>}
                    </span>
                    {view.isShared && (
                      <>
                        <Users aria-hidden="true" className="size-3.5 shrink-0 text-muted" />
                        <span className="sr-only">shared</span>
                      </>
                    )}
                    <span className="text-meta text-muted tabular-nums">{countWords(saved.counts[view.id])}</span>
                  </button>
                  {view.isOwn && (
                    <>
                      <IconButton label={`Change ${view.name}`} size="sm" onClick={() => edit(view)}>
                        <Pencil aria-hidden="true" />
                      </IconButton>
                      <IconButton label={`Delete ${view.name}`} size="sm" onClick={() => saved.remove(view)}>
                        <Trash2 aria-hidden="true" />
                      </IconButton>
                    </>
                  )}
                </li>
              ))}
            </ul>
          )}
          <div className="border-rule border-t p-2">
            <Button size="sm" onClick={() => edit(null)} className="w-full">
              <Plus aria-hidden="true" />
              Save this view
            </Button>
          </div>
        </PopoverContent>
      </Popover>
      {dialog && <ViewDialog view={dialog.view} list={list} save={saved.save} onClose={() => setDialog(null)} />}
    </>
  );
};
