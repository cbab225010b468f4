'use client';

import { Mail } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import { isErased } from '#domain/shared/personal.ts';
import { mailNames } from '#domain/waybill/event-words.ts';
import { Button } from '../../_ui/button.tsx';
import { MarkBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import { mailboxHref } from './order-href.ts';
import type { Entry } from './route-stops.ts';

interface OrderMailsProps {
  readonly order: ExistingOrder;
  /** The newest first. */
  readonly entries: readonly Entry[];
  readonly link: string | undefined;
}

const shownAtFirst = 4;

const titled = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** What we have written about the order, the newest first, and what is on its way. */
export const OrderMails = ({ order, entries, link }: OrderMailsProps) => {
  const [all, setAll] = useState(false);
  const sent = entries.flatMap(({ event, occurredAt }) =>
    event.type === 'NotificationSent' ? [{ ...event, occurredAt }] : [],
  );
  const underWay = (order.mailsAskedFor ?? []).filter((id) => !order.notified.includes(id)).length;
  const email = isErased(order.contact) ? null : order.contact.email;
  return (
    <section aria-label="Mails about this order" className="mt-10">
      <h2 className="text-section">Mails</h2>
      <p className="mt-1 break-words text-desk text-muted">
        {email ? (
          <>
            We write to <span className="break-all text-ink">{email}</span> when something happens.{' '}
          </>
        ) : (
          'The address was erased, so no mails go out. '
        )}
        <Link href={mailboxHref(order.orderId, link)} className="text-link underline underline-offset-3">
          See the mails
        </Link>
      </p>
      {(sent.length > 0 || underWay > 0) && (
        <ul className="mt-2 border-rule border-t">
          {underWay > 0 && (
            <li className="border-rule border-b py-2.5">
              <MarkBadge mark="pending">
                {underWay === 1 ? 'A mail is on its way again' : `${underWay} mails are on their way again`}
              </MarkBadge>
            </li>
          )}
          {(all ? sent : sent.slice(0, shownAtFirst)).map(({ notificationId, template, occurredAt }) => (
            <li key={notificationId} className="flex flex-wrap items-center gap-x-3 border-rule border-b py-2.5">
              <Mail aria-hidden="true" className="size-4 shrink-0 text-muted" />
              <span>{titled(mailNames[template])}</span>
              <span className="ml-auto text-desk text-muted">
                <Time at={occurredAt} quiet />
              </span>
            </li>
          ))}
        </ul>
      )}
      {sent.length > shownAtFirst && (
        <Button variant="link" aria-expanded={all} onClick={() => setAll(!all)} className="mt-2">
          {all ? 'The latest only' : `All ${sent.length} mails`}
        </Button>
      )}
    </section>
  );
};
