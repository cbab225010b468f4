'use client';

import { MailWarning } from 'lucide-react';
import { mailNames } from '#domain/waybill/event-words.ts';
import { Button } from '../../_ui/button.tsx';
import { Band } from '../../_ui/states.tsx';
import type { OrderPartProps } from './order-part.ts';

/** Mails that did not reach the customer, whom somebody has to tell another way, or try again. */
export const UnsentMails = ({ desk: { unsentMails } }: OrderPartProps) =>
  unsentMails.mails.map(({ effectId, template, error }) => (
    <Band
      key={effectId}
      tone="hold"
      className="shrink-0"
      icon={<MailWarning aria-hidden="true" />}
      action={
        <Button size="sm" busy={unsentMails.isTrying} onClick={() => unsentMails.tryAgain(effectId)}>
          Try again
        </Button>
      }
    >
      <span className="font-semibold">The {mailNames[template]} did not reach the customer.</span> {error}
    </Band>
  ));
