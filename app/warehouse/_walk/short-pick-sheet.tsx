'use client';

import { useState } from 'react';
import type { WalkStop } from '#domain/fulfillment/walk.ts';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { QuantityStepper } from '../../_ui/quantity-stepper.tsx';

interface ShortPickSheetProps {
  readonly stop: WalkStop;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onReport: (missing: number) => void;
}

/** How many of a line are not in their bin. Mount it anew for each line. */
export const ShortPickSheet = ({ stop, open, onOpenChange, onReport }: ShortPickSheetProps) => {
  const [missing, setMissing] = useState(stop.left);
  const most = Math.max(1, stop.left);
  const reported = Math.min(missing, most);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Short pick: ${stop.name}`}
        description="They leave the stock as missing, and the order goes on without them."
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Keep looking</Button>
            <Button variant="danger" onClick={() => onReport(reported)}>
              Report {reported} missing
            </Button>
          </>
        }
      >
        <Field label={`Not in ${stop.bin ?? 'its place'}, of ${stop.left} still to pick`}>
          <QuantityStepper
            label={`Missing ${stop.name}`}
            value={reported}
            onValueChange={setMissing}
            min={1}
            max={most}
            className="w-full"
          />
        </Field>
      </DialogContent>
    </Dialog>
  );
};
