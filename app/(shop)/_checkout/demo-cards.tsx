'use client';

import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../_ui/popover.tsx';

const cards = [
  { number: '4242 4242 4242 4242', does: 'Approved' },
  { number: '4000 0000 0000 0002', does: 'Declined by the bank' },
  { number: '4000 0025 0000 3155', does: 'The bank asks you (3-D Secure)' },
  { number: '4000 0000 0000 9995', does: 'Too little on the account' },
  { number: '4000 0000 0000 0077', does: 'Approved, slowly' },
] as const;

/** The cards that the simulated gateway knows, for whoever tries the shop out. */
export const DemoCards = ({ onChoose }: { readonly onChoose: (number: string) => void }) => {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant="link" className="font-normal text-meta">
          Demo cards
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label="Demo cards" className="p-1">
        <p className="px-3 pt-2 pb-1 text-meta text-muted">No card is charged here. Each of these does one thing.</p>
        <ul>
          {cards.map(({ number, does }) => (
            <li key={number}>
              <button
                type="button"
                className="focus-inset w-full rounded-control px-3 py-2 text-left hover:bg-tint"
                onClick={() => {
                  onChoose(number);
                  setOpen(false);
                }}
              >
                <span className="block font-medium text-admin">{does}</span>
                <span translate="no" className="block font-mono text-desk text-muted">
                  {number}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </PopoverContent>
    </Popover>
  );
};
