'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { RadioRow, RuledRadioGroup } from '../../_ui/radio-group.tsx';
import type { Shipment } from './shipments-input.ts';

const reasons = ['Nobody at home', 'Address not found', 'Refused by the recipient', 'Damaged on the way'];

interface FailedDialogProps {
  readonly shipment: Shipment;
  readonly onOpenChange: (open: boolean) => void;
  readonly onReport: (reason: string) => void;
}

/** Why the carrier could not hand a parcel over. */
export const FailedDialog = ({ shipment, onOpenChange, onReport }: FailedDialogProps) => {
  const [reason, setReason] = useState(reasons[0] ?? '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onReport(reason);
  };
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent
        title={`${shipment.orderNumber} could not be delivered`}
        description={`What does ${shipment.carrier ?? 'the carrier'} say?`}
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Keep as it is</Button>
            <Button variant="danger" type="submit" form="delivery-failed">
              Report failed delivery
            </Button>
          </>
        }
      >
        <form id="delivery-failed" onSubmit={submit}>
          <RuledRadioGroup aria-label="Reason" value={reason} onValueChange={setReason}>
            {reasons.map((each) => (
              <RadioRow key={each} value={each} label={each} />
            ))}
          </RuledRadioGroup>
        </form>
      </DialogContent>
    </Dialog>
  );
};
