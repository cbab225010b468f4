import { isErased } from '#domain/shared/personal.ts';
import { returnsOf, type WaybillReturn } from '#domain/waybill/returns.ts';
import { type About, type Body, fact, namedItems } from './body.ts';

const returnOf = ({ effect, waybill }: About): WaybillReturn => {
  const asked = returnsOf(waybill).find(({ returnId }) => returnId === effect.about);
  if (!asked) throw new Error(`There is no return ${effect.about}`);
  return asked;
};

const cityOf = ({ fulfillmentId }: WaybillReturn, { waybill, cities }: About): string => {
  const warehouse = waybill.fulfillments[fulfillmentId]?.warehouse ?? '';
  return cities[warehouse] ?? warehouse;
};

/** What becomes of the items once they were looked at. */
const nextOf = ({ resolution }: WaybillReturn): string =>
  resolution === 'refund'
    ? 'What we can accept is paid back to your card, and we write again; anything else is sent to you again.'
    : 'What we can accept is sent to you anew without a charge, or paid back to your card if none is left; anything else is sent to you again.';

/** That a return may be sent, and where to. */
export const returnApproved = (about: About): Body => {
  const asked = returnOf(about);
  const city = cityOf(asked, about);
  return {
    subject: `Your return of order ${about.order.orderNumber} is approved`,
    preview: `Send the items back to our warehouse in ${city}.`,
    heading: 'Your return is approved',
    reached: null,
    paragraphs: [
      `Send the items below back to our warehouse in ${city}. We write to you when they are there.`,
      `Then we look at each item. ${nextOf(asked)}`,
    ],
    items: namedItems(asked.lines, about.history),
    actionLabel: 'See your return',
  };
};

/** That a return is not taken, and why not. */
export const returnDeclined = (about: About): Body => {
  const asked = returnOf(about);
  const declined = about.history.find(
    ({ event }) => event.type === 'ReturnDeclined' && event.returnId === asked.returnId,
  )?.event;
  const why = declined?.type === 'ReturnDeclined' && !isErased(declined.reason) ? declined.reason : null;
  return {
    subject: `We can’t take back your return of order ${about.order.orderNumber}`,
    preview: why ?? 'Please send nothing back.',
    heading: 'We can’t take it back',
    reached: null,
    paragraphs: ['Please send nothing back: the items below stay with you, and no money moves.'],
    items: namedItems(asked.lines, about.history),
    facts: why === null ? [] : [fact('Reason', why)],
    actionLabel: 'See your order',
  };
};

/** That what was sent back is there. What came may be less than was announced. */
export const returnReceived = (about: About): Body => {
  const asked = returnOf(about);
  const words = `It is in ${cityOf(asked, about)}, where we look at each item.`;
  return {
    subject: `Your return of order ${about.order.orderNumber} has arrived`,
    preview: words,
    heading: 'Your return has arrived',
    reached: null,
    paragraphs: [`${words} ${nextOf(asked)}`],
    items: namedItems(asked.goods?.received ?? asked.lines, about.history),
    actionLabel: 'See your return',
  };
};
