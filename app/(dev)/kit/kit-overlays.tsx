'use client';

import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { CommandPalette } from '../../_ui/command-palette.tsx';
import { ConfirmDialog } from '../../_ui/confirm-dialog.tsx';
import { Dialog, DialogContent, DialogTrigger } from '../../_ui/dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '../../_ui/dropdown-menu.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { PickDialog } from '../../_ui/pick-dialog.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../_ui/popover.tsx';
import { Sheet, SheetContent, SheetTrigger } from '../../_ui/sheet.tsx';
import { notify } from '../../_ui/toast.tsx';
import { KitSection } from './kit-section.tsx';

const nothing = () => {};

export const KitOverlays = () => {
  const [confirming, setConfirming] = useState(false);
  const [picking, setPicking] = useState(false);
  const [palette, setPalette] = useState(false);
  const [query, setQuery] = useState('');
  useShortcuts({ 'Mod+k': () => setPalette(true) });
  return (
    <KitSection title="What floats">
      <div className="flex flex-wrap gap-3">
        <Dialog>
          <DialogTrigger asChild>
            <Button>Dialog</Button>
          </DialogTrigger>
          <DialogContent title="Add a note" footer={<Button variant="primary">Add note</Button>}>
            Notes are seen by everyone on the desk.
          </DialogContent>
        </Dialog>
        <Sheet>
          <SheetTrigger asChild>
            <Button>Sheet</Button>
          </SheetTrigger>
          <SheetContent
            title="Refund WB-48213"
            description="Refundable € 39.80"
            footer={<Button variant="primary">Refund € 19.90</Button>}
          >
            Lines with steppers.
          </SheetContent>
        </Sheet>
        <Button onClick={() => setConfirming(true)}>Confirm</Button>
        <ConfirmDialog
          open={confirming}
          onOpenChange={setConfirming}
          title="Cancel WB-48213 for € 184.70?"
          confirmLabel="Cancel the order"
          cancelLabel="Keep the order"
          onConfirm={() => setConfirming(false)}
        >
          The authorization of € 184.70 is voided and 3 lines go back to stock. This can't be undone.
        </ConfirmDialog>
        <Popover>
          <PopoverTrigger asChild>
            <Button>Popover</Button>
          </PopoverTrigger>
          <PopoverContent aria-label="Columns">Columns to show.</PopoverContent>
        </Popover>
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button>Menu</Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem shortcut="N">Add note</DropdownMenuItem>
            <DropdownMenuSeparator />
            <DropdownMenuItem danger>Cancel order</DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
        <Button onClick={() => setPicking(true)}>Pick</Button>
        {picking && (
          <PickDialog
            title="Tag WB-48213"
            label="Tag"
            placeholder="vip, gift"
            items={[
              { id: 'vip', label: 'vip' },
              { id: 'gift', label: 'gift', detail: '12 orders' },
            ]}
            empty="No tag is called that."
            onPick={() => setPicking(false)}
            onClose={() => setPicking(false)}
          />
        )}
        <Button onClick={() => notify('Assigned WB-48213 to you.', { onUndo: nothing })}>Toast</Button>
        <Button shortcut="Ctrl K" onClick={() => setPalette(true)}>
          Palette
        </Button>
      </div>
      <CommandPalette
        open={palette}
        onOpenChange={setPalette}
        query={query}
        onQueryChange={setQuery}
        groups={[
          {
            heading: 'Orders',
            items: [{ id: '1', label: 'WB-48213', detail: 'Marta Oliveira, Picking', onSelect: nothing }],
          },
          {
            heading: 'On this order',
            items: [
              { id: '2', label: 'Hold', shortcut: 'H', onSelect: nothing },
              { id: '4', label: 'Refund', shortcut: 'R', whyNot: 'Nothing to give back', onSelect: nothing },
            ],
          },
          { heading: 'Go to', items: [{ id: '3', label: 'Holds', onSelect: nothing }] },
        ]}
      />
    </KitSection>
  );
};
