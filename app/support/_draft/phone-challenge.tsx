'use client';

import { ShieldAlert } from 'lucide-react';
import { Button } from '../../_ui/button.tsx';
import { Band } from '../../_ui/states.tsx';
import { notify } from '../../_ui/toast.tsx';
import { withLink } from '../../(shop)/_order/order-href.ts';
import type { OrderPartProps } from '../_order/order-part.ts';

// By order, until this tab is closed: with it a guest comes from their bank back to the order.
const links = new Map<string, string>();

export const rememberLink = (orderId: string, link: string): void => {
  links.set(orderId, link);
};

/**
 * The bank of somebody who ordered on the phone wants to ask them itself (3-D Secure): they have no page of ours open,
 * so the agent sends them the way there. Without an answer the order is rejected, as any other.
 */
export const PhoneChallenge = ({ order, waybill }: Pick<OrderPartProps, 'order' | 'waybill'>) => {
  const asking = Object.values(waybill.payments).find(({ status }) => status === 'requires_action');
  if (order.channel !== 'phone' || asking?.status !== 'requires_action') return null;
  const copy = async () => {
    const href = new URL(withLink(asking.challengeUrl, links.get(order.orderId)), window.location.origin).href;
    try {
      await navigator.clipboard.writeText(href);
      notify('The link is copied', { detail: 'Send it to the customer: it opens their bank’s question.' });
    } catch {
      // A browser may refuse the clipboard: the link is there to be read out all the same.
      notify('The link could not be copied', { detail: href });
    }
  };
  return (
    <Band
      tone="hold"
      className="shrink-0"
      icon={<ShieldAlert aria-hidden="true" />}
      action={
        <Button size="sm" onClick={() => void copy()}>
          Copy the link
        </Button>
      }
    >
      The bank wants to ask the customer (3-D Secure). That can’t be done on the phone: send them the link.
    </Band>
  );
};
