'use client';

import { type FormEvent, useState } from 'react';
import type { TimeOfEvent } from '#domain/waybill/as-of.ts';
import { Button } from '../../_ui/button.tsx';
import { Field } from '../../_ui/field.tsx';
import { Input } from '../../_ui/input.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '../../_ui/popover.tsx';
import { Radio, RadioGroup } from '../../_ui/radio-group.tsx';

interface GoToTimeProps {
  /** What the form starts with, ISO 8601. */
  readonly at: string;
  readonly by: TimeOfEvent;
  readonly onGo: (at: string, by: TimeOfEvent) => void;
}

/** Any instant, by either time. */
export const GoToTime = ({ at, by, onGo }: GoToTimeProps) => {
  const [open, setOpen] = useState(false);
  const [local, setLocal] = useState('');
  const [which, setWhich] = useState(by);
  const [error, setError] = useState<string>();
  const onOpenChange = (next: boolean) => {
    setOpen(next);
    setLocal(at.slice(0, 19));
    setWhich(by);
    setError(undefined);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const ms = Date.parse(`${local}Z`);
    if (Number.isNaN(ms)) return setError('Enter a day and a time, like 14 Nov 2026 09:00');
    setOpen(false);
    onGo(new Date(ms).toISOString(), which);
  };
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>
        <Button>As of a time</Button>
      </PopoverTrigger>
      <PopoverContent aria-label="As of a time" className="w-80">
        <form noValidate onSubmit={onSubmit} className="flex flex-col gap-3">
          <Field label="Day and time (UTC)" error={error}>
            <Input type="datetime-local" step={1} value={local} onChange={({ target }) => setLocal(target.value)} />
          </Field>
          <RadioGroup
            aria-label="By which time"
            value={which}
            onValueChange={(value) => setWhich(value === 'business' ? 'business' : 'recorded')}
          >
            <Radio value="recorded" label="Recorded: what Waybill knew then" />
            <Radio value="business" label="Business time: what had happened" />
          </RadioGroup>
          <Button variant="primary" type="submit">
            Show this instant
          </Button>
        </form>
      </PopoverContent>
    </Popover>
  );
};
