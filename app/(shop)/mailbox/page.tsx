import type { Metadata } from 'next';
import Link from 'next/link';
import type { PageCaller } from '#server/api/caller.ts';
import { pageCaller } from '../../_server/caller.ts';
import { visitor } from '../../_server/visitor.ts';
import { Button } from '../../_ui/button.tsx';
import { EmptyState } from '../../_ui/states.tsx';
import { MailList } from '../_mailbox/mail-list.tsx';

export const metadata: Metadata = { title: 'Mailbox', referrer: 'no-referrer' };

type Api = PageCaller['api'];
/** Orders whose mails one page shows. */
const ordersMost = 10;

const refusals: ReadonlySet<unknown> = new Set(['NOT_FOUND', 'FORBIDDEN', 'UNAUTHORIZED', 'BAD_REQUEST']);

/** Pages are bundled and the API is not: its errors are of another copy of the class, so that only the code tells. */
const trpcCode = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const mailsOf = async (api: Api, input: { readonly orderId: string; readonly link?: string }) => {
  try {
    return await api.shop.order.mails(input);
  } catch (error) {
    // Somebody else's order, or none: there is nothing to tell apart.
    if (refusals.has(trpcCode(error))) return null;
    throw error;
  }
};

const mailsOfAccount = async (api: Api) => {
  const { items } = await api.shop.orders.list({ limit: ordersMost });
  const found = await Promise.all(items.map(({ orderId }) => mailsOf(api, { orderId })));
  return found.flatMap((mails) => mails ?? []).toSorted((a, b) => b.sentAt.localeCompare(a.sentAt));
};

interface MailboxPageProps {
  readonly searchParams: Promise<{ readonly order?: string | string[]; readonly link?: string | string[] }>;
}

const SignIn = ({ children }: { readonly children: string }) => (
  <EmptyState
    className="px-0"
    title={children}
    action={
      <Button asChild variant="primary">
        <Link href="/sign-in?next=/mailbox">Sign in</Link>
      </Button>
    }
  >
    As a guest, follow “See the mails” on your order’s page.
  </EmptyState>
);

/** What was sent, or would have been: `?order=` one order's mails, else those of one's last orders. */
export default async function MailboxPage({ searchParams }: MailboxPageProps) {
  const [{ order, link }, { api }, viewer] = await Promise.all([searchParams, pageCaller(), visitor()]);
  const isOne = typeof order === 'string';
  const one = isOne ? { orderId: order, ...(typeof link === 'string' ? { link } : {}) } : null;
  const mails = one ? await mailsOf(api, one) : viewer?.role === 'customer' ? await mailsOfAccount(api) : null;
  return (
    <div className="mx-auto max-w-[760px] px-4 pt-8 sm:px-6">
      <h1 className="text-shop-title">Mailbox</h1>
      <p className="mt-2 mb-6 text-muted">
        {mails?.some(({ via }) => via === 'smtp')
          ? 'What we sent you, as it was sent.'
          : 'A demo: mails are written and kept here instead of being sent.'}
      </p>
      {mails === null && (
        <SignIn>
          {isOne ? 'There is no such order, or it is not yours.' : 'Sign in to see the mails about your orders.'}
        </SignIn>
      )}
      {mails?.length === 0 && (
        <EmptyState className="px-0" title="Nothing was sent yet.">
          We write when an order is confirmed, sent, canceled or paid back.
        </EmptyState>
      )}
      {mails && mails.length > 0 && <MailList mails={mails} />}
    </div>
  );
}
