/** A path that a guest's signed link goes along with. */
export const withLink = (path: string, link?: string | null): string => {
  if (!link) return path;
  return `${path}${path.includes('?') ? '&' : '?'}link=${encodeURIComponent(link)}`;
};

/** Where an order is: `/orders/<id>`, for guests with the signed link that opens it. */
export const orderHref = (orderId: string, link?: string | null): string => withLink(`/orders/${orderId}`, link);

/** The mails of one order. */
export const mailboxHref = (orderId: string, link?: string | null): string =>
  withLink(`/mailbox?order=${orderId}`, link);
