import { blankAmendment } from '#domain/order/amend.ts';
import type { Amendment } from '#domain/order/amendment-events.ts';
import type { Address, ShippingMethod, Totals } from '#domain/order/events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId, Sku } from '#domain/shared/ids.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { decide } from '#domain/waybill/decide.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/** An address as its form holds it. */
export type AddressDraft = {
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
};

/** A product that the order does not have yet, at the catalog's price of the moment it was found. */
export type AddedProduct = {
  readonly lineId: LineId;
  readonly sku: Sku;
  readonly name: string;
  readonly picture: string | null;
  readonly hue: number;
  readonly priceMinor: number;
  readonly quantity: number;
};

/** What a customer has chosen so far; what is not named stays as it is. */
export type ChangeDraft = {
  readonly added: readonly AddedProduct[];
  readonly quantities: Readonly<Record<string, number>>;
  readonly address: AddressDraft | null;
  readonly shippingMethod: ShippingMethod['code'] | null;
};

export const blankDraft: ChangeDraft = { added: [], quantities: {}, address: null, shippingMethod: null };

/** What the API is asked for. */
export type ChangeRequest = {
  readonly added: readonly { readonly lineId: LineId; readonly sku: Sku; readonly quantity: number }[];
  readonly quantities: Amendment['quantities'];
  readonly address: (AddressDraft & { readonly region: string | null }) | null;
  readonly shippingMethod: ShippingMethod['code'] | null;
};

/** Where an order goes, to begin the form with. */
export const addressOf = ({ recipient, postalCode, city, country }: Address): AddressDraft => {
  const { name, street } = isErased(recipient) ? { name: '', street: '' } : recipient;
  return { name, street, postalCode, city, country };
};

const keys = ['name', 'street', 'postalCode', 'city', 'country'] as const;

/** A draft without what it only says again. */
export const requestOf = (order: ExistingOrder, draft: ChangeDraft): ChangeRequest => {
  const { shipTo, shippingMethod } = order;
  const now = addressOf(shipTo);
  const { address } = draft;
  const isMoved = address !== null && keys.some((key) => address[key].trim() !== now[key]);
  return {
    added: draft.added.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
    quantities: order.lines.flatMap(({ lineId, quantity }) => {
      const wanted = draft.quantities[lineId] ?? quantity;
      return wanted === quantity ? [] : [{ lineId, quantity: wanted }];
    }),
    address: isMoved ? { ...address, region: address.country === shipTo.country ? shipTo.region : null } : null,
    shippingMethod: draft.shippingMethod === shippingMethod.code ? null : draft.shippingMethod,
  };
};

export const isEmptyRequest = ({ added, quantities, address, shippingMethod }: ChangeRequest): boolean =>
  added.length === 0 && quantities.length === 0 && address === null && shippingMethod === null;

/** Fewer of something and nothing else: items are called off, which neither stock nor the bank is asked about. */
const isOnlyFewer = (order: ExistingOrder, { added, quantities, address, shippingMethod }: ChangeRequest): boolean =>
  added.length === 0 &&
  address === null &&
  shippingMethod === null &&
  quantities.length > 0 &&
  quantities.every(({ lineId, quantity }) =>
    order.lines.some((line) => line.lineId === lineId && quantity < line.quantity),
  );

/** Whether the server has to put prices, tax or a promise into it before it can be decided on. */
export const needsQuote = (order: ExistingOrder, request: ChangeRequest): boolean =>
  !isEmptyRequest(request) && !isOnlyFewer(order, request);

export type ChangeCommand = Extract<WaybillCommand, { type: 'RequestAmendment' | 'CancelLines' }>;

/** The command of a request; null while there is nothing to do, or while its quote is not there yet. */
export const commandOf = (
  order: ExistingOrder,
  request: ChangeRequest,
  id: string,
  quoted: Amendment | null,
): ChangeCommand | null => {
  const { orderId } = order;
  if (isOnlyFewer(order, request)) {
    const lines = order.lines.flatMap(({ lineId, quantity: before }) => {
      const after = request.quantities.find((each) => each.lineId === lineId)?.quantity ?? before;
      return after < before ? [{ lineId, quantity: before - after }] : [];
    });
    return {
      type: 'CancelLines',
      orderId,
      cancellationId: id,
      lines,
      reason: 'Canceled by the customer',
      restock: true,
    };
  }
  if (isEmptyRequest(request) || !quoted) return null;
  return { type: 'RequestAmendment', orderId, amendmentId: id, amendment: { ...blankAmendment, ...quoted } };
};

export type ChangePreview = {
  readonly before: Totals;
  readonly after: Totals;
  /** To be asked of the bank beyond what it holds already. */
  readonly chargeMinor: number;
  readonly refundMinor: number;
};

/** What a change comes to: the same decision that the server takes. Null when it would be refused. */
export const previewOf = (command: ChangeCommand, waybill: Waybill): ChangePreview | null => {
  const decision = decide(command, waybill);
  if (!decision.ok) return null;
  for (const event of decision.events) {
    if (event.type === 'AmendmentRequested')
      return {
        before: event.totalsBefore,
        after: event.totalsAfter,
        chargeMinor: event.chargeMinor,
        refundMinor: event.refundMinor,
      };
    if (event.type === 'OrderLinesCanceled')
      return { before: event.totalsBefore, after: event.totalsAfter, chargeMinor: 0, refundMinor: event.refundMinor };
  }
  return null;
};
