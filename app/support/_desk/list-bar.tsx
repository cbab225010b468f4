'use client';

import { Download, FilePlus } from 'lucide-react';
import { memo } from 'react';
import { deskViews } from '#domain/search/order-sorts.ts';
import { IconButton } from '../../_ui/icon-button.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import type { useDeskState } from './use-desk-state.ts';
import type { usePreferences } from './use-preferences.ts';
import { isShown, useSavedViews } from './use-saved-views.ts';
import { countWords, viewLabels } from './view-labels.ts';
import { ViewsMenu } from './views-menu.tsx';

interface ListBarProps {
  readonly desk: ReturnType<typeof useDeskState>;
  readonly own: ReturnType<typeof usePreferences>;
  /** By view, up to 1,000. */
  readonly counts: Readonly<Record<string, number>> | undefined;
  readonly onExport: () => void;
  readonly onNewOrder: () => void;
  /** Whether the columns are being chosen: the palette opens that too. */
  readonly isChoosing: boolean;
  readonly onChoosing: (isChoosing: boolean) => void;
}

/** Under the search box: the views, and what can be done with the list as a whole. Not drawn anew when rows change. */
export const ListBar = memo(({ desk, own, counts, onExport, onNewOrder, isChoosing, onChoosing }: ListBarProps) => {
  const saved = useSavedViews();
  const shown = saved.views.find((view) => isShown(view, desk));
  const show = (id: string) => {
    const view = saved.views.find((one) => one.id === id);
    const base = deskViews.find((one) => one === id);
    if (view) desk.show({ view: view.base, q: view.query, sort: view.sort });
    // Leaving a saved view takes its filters along; leaving a list does not take what was typed.
    else if (base) desk.show({ view: base, q: shown ? '' : desk.q, sort: shown ? own.preferences.sort : desk.sort });
  };
  return (
    <div className="flex items-center gap-2 pr-2 pl-3.5">
      <div className="min-w-0 flex-1">
        <ViewTabs
          label="Views"
          views={[
            ...deskViews.map((id) => ({ id, label: viewLabels[id], count: countWords(counts?.[id]) })),
            ...saved.views.map(({ id, name }) => ({ id, label: name, count: countWords(saved.counts[id]) })),
          ]}
          value={shown?.id ?? desk.view}
          onValueChange={show}
        />
      </div>
      <div className="flex shrink-0 items-center">
        <IconButton label="New order (O)" size="sm" onClick={onNewOrder}>
          <FilePlus aria-hidden="true" />
        </IconButton>
        <ViewsMenu list={desk} saved={saved} onShow={(view) => show(view.id)} />
        <ColumnsMenu
          open={isChoosing}
          onOpenChange={onChoosing}
          columns={own.preferences.columns}
          onColumns={(columns) => own.keep({ columns })}
          sort={desk.sort}
          onSort={(sort) => {
            desk.setSort(sort);
            own.keep({ sort });
          }}
        />
        <IconButton label="Export this list as CSV" size="sm" onClick={onExport}>
          <Download aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
});
ListBar.displayName = 'ListBar';
