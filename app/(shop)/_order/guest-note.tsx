import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import type { ExistingOrder } from '#domain/order/state.ts';
import { Time } from '../../_ui/time.tsx';

interface GuestNoteProps {
  readonly order: ExistingOrder;
  /** From when on the link no longer opens the order, ISO 8601. */
  readonly linkEnds: string;
}

/** For who came by the link in a mail: what it opens, until when, and what takes an account. */
export const GuestNote = ({ order, linkEnds }: GuestNoteProps) => {
  const isOpen = order.status === 'placed' || order.status === 'confirmed';
  return (
    <section
      aria-label="Your link"
      className="mt-10 flex items-start gap-3 border-rule border-y py-4 text-desk text-muted"
    >
      <KeyRound aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 max-w-prose">
        <h2 className="font-semibold text-ink">You are here by a link, without signing in</h2>
        <p className="mt-1">
          It opens this one order until <Time at={linkEnds} variant="date" quiet />: you can follow it, read its mails
          {isOpen && ', change or cancel it until the warehouse begins to pick it,'} and ask for a return once it has
          come. Whoever has the address of this page can do the same, so keep it to yourself.
        </p>
        <p className="mt-1">
          {order.customerId === null ? (
            'Each mail about the order brings a newer link.'
          ) : (
            <>
              <Link
                href={`/sign-in?next=${encodeURIComponent(`/orders/${order.orderId}`)}`}
                className="text-link underline underline-offset-3"
              >
                Sign in
              </Link>{' '}
              to see your other orders too.
            </>
          )}
        </p>
      </div>
    </section>
  );
};
