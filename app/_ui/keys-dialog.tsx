'use client';

import { useEffect, useState } from 'react';
import { Dialog, DialogContent } from './dialog.tsx';
import { Kbd } from './kbd.tsx';
import { setSingleKeys, singleKeysOn } from './keys.ts';
import { Switch } from './switch.tsx';

export interface KeyHelp {
  /** As pressed, several apart by a space: "J K", "Ctrl K". */
  readonly keys: string;
  readonly does: string;
}

export interface KeysDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly keys: readonly KeyHelp[];
}

/** The list behind `?`, where single keys can be switched off. */
export const KeysDialog = ({ open, onOpenChange, keys }: KeysDialogProps) => {
  const [single, setSingle] = useState(true);
  useEffect(() => setSingle(singleKeysOn()), []);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Keys"
        footer={
          <span className="mr-auto">
            <Switch
              label="Single-letter keys"
              checked={single}
              onCheckedChange={(on) => {
                setSingle(on);
                setSingleKeys(on);
              }}
            />
          </span>
        }
      >
        <dl>
          {keys.map(({ keys: pressed, does }) => (
            <div key={pressed} className="flex items-center gap-4 border-rule border-b py-2 last:border-b-0">
              <dt className="flex w-28 shrink-0 gap-1">
                <span className="sr-only">{pressed}</span>
                {pressed.split(' ').map((key) => (
                  <Kbd key={key}>{key}</Kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
};
