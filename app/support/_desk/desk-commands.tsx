import { BookmarkPlus, Columns3, Download, FilePlus } from 'lucide-react';
import type { PaletteItem } from '../../_ui/command-palette.tsx';
import { newOrderKey } from '../_actions/action-keys.ts';

export type DeskCommands = {
  readonly onNewOrder: () => void;
  readonly onSaveView: () => void;
  readonly onColumns: () => void;
  readonly onExport: () => void;
};

/** What the palette does with the list as a whole, and without any order. */
export const deskCommands = (
  does: DeskCommands,
): readonly (PaletteItem & { readonly keywords: readonly string[] })[] => [
  {
    id: 'new-order',
    label: 'New order',
    icon: <FilePlus aria-hidden="true" />,
    keywords: ['phone', 'draft', 'create', 'begin', 'customer'],
    shortcut: newOrderKey.toUpperCase(),
    movesFocus: true,
    onSelect: does.onNewOrder,
  },
  {
    id: 'save-view',
    label: 'Save this view',
    icon: <BookmarkPlus aria-hidden="true" />,
    keywords: ['search', 'filters', 'keep', 'share', 'bookmark'],
    movesFocus: true,
    onSelect: does.onSaveView,
  },
  {
    id: 'columns',
    label: 'Columns and sort',
    icon: <Columns3 aria-hidden="true" />,
    keywords: ['order', 'list', 'choose', 'hide', 'show'],
    movesFocus: true,
    onSelect: does.onColumns,
  },
  {
    id: 'export',
    label: 'Export this list as CSV',
    icon: <Download aria-hidden="true" />,
    keywords: ['download', 'file', 'spreadsheet', 'excel'],
    onSelect: does.onExport,
  },
];
