import type { ShippingMethod } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, Sku } from '#domain/shared/ids.ts';
import { isErased } from '#domain/shared/personal.ts';
import { addressOf, type DraftAddress, type DraftPrice } from '../_amend/draft.ts';
import { amountText, minorOf } from '../_order/amount.ts';

/** A line as it is typed. `price` null: the catalog's. */
export type FormLine = {
  readonly lineId: LineId;
  readonly sku: Sku;
  readonly name: string;
  readonly picture: string | null;
  readonly hue: number;
  readonly catalogMinor: number;
  readonly quantity: number;
  readonly price: DraftPrice | null;
};

/** A phone order while it is written: choices of an agent, of which nobody was told. */
export type DraftForm = {
  /** Null: a guest. */
  readonly customerId: string | null;
  readonly contact: { readonly name: string; readonly email: string; readonly phone: string };
  readonly address: DraftAddress;
  readonly lines: readonly FormLine[];
  readonly discountCode: string;
  readonly shippingMethod: ShippingMethod['code'];
};

export const blankForm: DraftForm = {
  customerId: null,
  contact: { name: '', email: '', phone: '' },
  address: { name: '', street: '', postalCode: '', city: '', region: null, country: 'PT' },
  lines: [],
  discountCode: '',
  shippingMethod: 'standard',
};

/** A draft that was saved, to go on with. */
export const formOf = (order: ExistingOrder): DraftForm => {
  const overrides = new Map((order.overrides ?? []).map((override) => [override.lineId, override]));
  const contact = isErased(order.contact) ? { name: '', email: '', phone: null } : order.contact;
  const address = addressOf(order);
  return {
    customerId: order.customerId,
    contact: { ...contact, phone: contact.phone ?? '' },
    // Named only where it is somebody else's.
    address: address.name === contact.name ? { ...address, name: '' } : address,
    lines: order.lines.map(({ lineId, sku, name, picture, hue, quantity, unitPriceMinor }) => {
      const override = overrides.get(lineId);
      const price = override ? { text: amountText(unitPriceMinor), reason: override.reason } : null;
      const catalogMinor = override?.catalogPriceMinor ?? unitPriceMinor;
      return { lineId, sku, name, picture, hue, catalogMinor, quantity, price };
    }),
    discountCode: order.discount?.code ?? '',
    shippingMethod: order.shippingMethod.code,
  };
};

const agreedPrice = ({ price, catalogMinor }: FormLine) => {
  const unitPriceMinor = price ? minorOf(price.text) : null;
  if (!price || unitPriceMinor === null || unitPriceMinor === catalogMinor) return null;
  return { unitPriceMinor, reason: price.reason.trim() };
};

/** What the API is sent: no price but an agreed one. */
export const contentOf = (form: DraftForm) => {
  const { contact, address } = form;
  const name = contact.name.trim();
  const phone = contact.phone.trim();
  return {
    lines: form.lines.map((line) => ({
      lineId: line.lineId,
      sku: line.sku,
      quantity: line.quantity,
      price: agreedPrice(line),
    })),
    contact: { name, email: contact.email.trim(), phone: phone === '' ? null : phone },
    // It goes to whoever orders it, unless somebody else is named.
    address: {
      name: address.name.trim() || name,
      street: address.street.trim(),
      postalCode: address.postalCode.trim(),
      city: address.city.trim(),
      region: address.region?.trim() || null,
      country: address.country,
    },
    shippingMethod: form.shippingMethod,
    discountCode: form.discountCode.trim().toUpperCase() || null,
  };
};
export type DraftContent = ReturnType<typeof contentOf>;

/** What the server is asked to price. A reason that is still being typed doesn't hold up the sums. */
export const questionOf = (form: DraftForm) => {
  const { lines, shippingMethod, discountCode, address } = contentOf(form);
  return {
    lines: lines.map(({ price, ...line }) => ({ ...line, price: price && { ...price, reason: price.reason || '–' } })),
    shippingMethod,
    discountCode,
    country: address.country,
  };
};

const looksLikeMail = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

const priceProblems = (lines: readonly FormLine[]): Record<string, string> => {
  const problems: Record<string, string> = {};
  for (const line of lines) {
    if (!line.price) continue;
    const agreed = agreedPrice(line);
    if (minorOf(line.price.text) === null) problems[`price:${line.lineId}`] = 'Enter a price, like 19.90.';
    else if (agreed && agreed.reason === '') problems[`reason:${line.lineId}`] = 'Say why, for whoever asks later.';
  }
  return problems;
};

/** By field, what is to be mended before it can be saved: whom it is for, and why a price is another. */
export const problemsOfSaving = ({ contact, lines }: DraftForm): Readonly<Record<string, string>> => ({
  ...(contact.name.trim() === '' ? { 'contact.name': 'Enter a name.' } : {}),
  ...(looksLikeMail.test(contact.email.trim())
    ? {}
    : { 'contact.email': 'Enter a mail address, like ines@example.pt.' }),
  ...priceProblems(lines),
});

/** Beyond that, what a parcel can't be sent without. */
export const problemsOfPlacing = (form: DraftForm): Readonly<Record<string, string>> => {
  const needed = { street: 'a street', postalCode: 'a postal code', city: 'a town' } as const;
  const missing = Object.entries(needed).filter(([part]) => form.address[part as keyof typeof needed].trim() === '');
  return {
    ...problemsOfSaving(form),
    ...(form.lines.length === 0 ? { lines: 'Add at least one product.' } : {}),
    ...Object.fromEntries(missing.map(([part, what]) => [`address.${part}`, `Enter ${what}.`])),
  };
};
