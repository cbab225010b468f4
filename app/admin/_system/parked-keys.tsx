'use client';

import { useState } from 'react';
import { Button } from '../../_ui/button.tsx';
import { Dialog, DialogContent } from '../../_ui/dialog.tsx';
import { Field } from '../../_ui/field.tsx';
import { formatCount } from '../../_ui/format.ts';
import { Identifier } from '../../_ui/identifier.tsx';
import { Textarea } from '../../_ui/input.tsx';
import { Time } from '../../_ui/time.tsx';
import { consumerWords, type ParkedKey } from './system-status.ts';
import type { useSystemActs } from './use-system.ts';

interface SkipDialogProps {
  readonly parked: ParkedKey;
  readonly acts: ReturnType<typeof useSystemActs>;
  readonly onClose: () => void;
}

const reasonLeast = 3;

const SkipDialog = ({ parked, acts, onClose }: SkipDialogProps) => {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim().length < reasonLeast;
  const skip = () => {
    setTried(true);
    if (missing) return;
    const { projection, version, fold, sourceKey, eventId } = parked;
    acts.skip.mutate({ projection, version, fold, sourceKey, eventId, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={`Skip ${parked.eventType}?`}
        description={`It is left out of ${parked.fold} for ever, rebuilds included. The event itself stays in the store.`}
        footer={
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>Keep it parked</Button>
            <Button variant="danger" busy={acts.skip.isPending} onClick={skip}>
              Skip this event
            </Button>
          </div>
        }
      >
        <Field label="Reason" required error={tried && missing ? 'Say why, in a few words' : undefined}>
          <Textarea value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </DialogContent>
    </Dialog>
  );
};

interface ParkedKeysProps {
  readonly parked: readonly ParkedKey[];
  readonly acts: ReturnType<typeof useSystemActs>;
}

const keyOf = ({ projection, version, fold, sourceKey }: ParkedKey) => [projection, version, fold, sourceKey].join(' ');

/** Keys that wait behind an event which a fold could not take. */
export const ParkedKeys = ({ parked, acts }: ParkedKeysProps) => {
  const [skipping, setSkipping] = useState<string | null>(null);
  const chosen = parked.find((key) => keyOf(key) === skipping);
  if (parked.length === 0)
    return <p className="text-muted">Nothing is parked. Every event could be read and folded.</p>;
  return (
    <>
      <ul>
        {parked.map((key) => (
          <li key={keyOf(key)} className="flex flex-wrap items-start gap-x-6 gap-y-2 border-rule border-t py-3">
            <div className="min-w-0 flex-1 basis-80">
              <p>
                <Identifier value={key.sourceKey} what="key" /> is parked in{' '}
                <span className="font-semibold">{consumerWords[key.projection]?.name ?? key.projection}</span>:{' '}
                {key.eventType} could not be folded. All other keys go on.
              </p>
              <p className="break-words text-bad">{key.error}</p>
              <p className="text-meta text-muted">
                <Time at={key.since} />, tried {formatCount(key.attempts)} {key.attempts === 1 ? 'time' : 'times'}
              </p>
            </div>
            <div className="flex gap-2">
              <Button
                size="sm"
                onClick={() =>
                  acts.retry.mutate({ projection: key.projection, version: key.version, sourceKey: key.sourceKey })
                }
              >
                Retry
              </Button>
              <Button size="sm" onClick={() => setSkipping(keyOf(key))}>
                Skip with a reason
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {chosen && <SkipDialog parked={chosen} acts={acts} onClose={() => setSkipping(null)} />}
    </>
  );
};
