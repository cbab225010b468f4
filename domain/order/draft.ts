import { accept, type Decision, reject } from '../shared/decider.ts';
import type { LineId, OrderId } from '../shared/ids.ts';
import { isErased } from '../shared/personal.ts';
import { isSame } from './amend.ts';
import type { DraftOrderCreated, DraftOrderRevised } from './draft-events.ts';
import { maxOrderLines, type OrderEvent, type OrderLine, type OrderPlaced } from './events.ts';
import { addsUp } from './pricing.ts';
import type { ExistingOrder, Order } from './state.ts';

/** Enriched by the server: number, prices, tax, tier and promise never come from the client. */
export type CreateDraftOrder = { readonly type: 'CreateDraftOrder' } & Omit<DraftOrderCreated, 'type'>;
/** Writes a draft anew. Whose it is stays: their data lie under their own key. */
export type ReviseDraftOrder = { readonly type: 'ReviseDraftOrder' } & Omit<DraftOrderRevised, 'type' | 'subjectId'>;
/** `placed`: the draft's lines, counted as of now. `placementId`: ties what is recorded of its prices together. */
export type PlaceDraftOrder = {
  readonly type: 'PlaceDraftOrder';
  readonly orderId: OrderId;
  readonly placementId: string;
  readonly placed: Omit<OrderPlaced, 'type'>;
};
export type DiscardDraftOrder = { readonly type: 'DiscardDraftOrder'; readonly orderId: OrderId };

export type DraftCommand = CreateDraftOrder | ReviseDraftOrder | PlaceDraftOrder | DiscardDraftOrder;

export type DraftRejection =
  | { readonly code: 'OrderUnknown' }
  | { readonly code: 'OrderExists' }
  | { readonly code: 'OrderEmpty' }
  | { readonly code: 'OrderTooLarge'; readonly lines: number; readonly most: number }
  | { readonly code: 'LineRepeated'; readonly lineId: LineId }
  | { readonly code: 'TotalsWrong' }
  /** It was placed or discarded before. */
  | { readonly code: 'DraftClosed'; readonly status: ExistingOrder['status'] }
  /** The first thing that a parcel couldn't be sent without. */
  | { readonly code: 'DraftIncomplete'; readonly missing: 'name' | 'street' | 'postal code' | 'town' }
  /** What is to be placed isn't what the draft says: somebody wrote it anew meanwhile. */
  | { readonly code: 'DraftChanged' }
  /** The person's data were erased. */
  | { readonly code: 'NobodyToWriteTo' }
  /** A price that isn't the catalog's has no reason, or a reason has no line. */
  | { readonly code: 'OverrideUnfounded'; readonly lineId: LineId };

type DraftDecision = Decision<OrderEvent, DraftRejection>;
type Content = Pick<DraftOrderCreated, 'lines' | 'overrides' | 'totals' | 'taxRateBasisPoints'>;

/** The first line that comes twice. */
export const repeatedLineId = (lines: readonly { readonly lineId: LineId }[]): LineId | null => {
  const seen = new Set<LineId>();
  for (const { lineId } of lines) {
    if (seen.has(lineId)) return lineId;
    seen.add(lineId);
  }
  return null;
};

const unfoundedOverride = ({ lines, overrides }: Content): LineId | null => {
  const twice = repeatedLineId(overrides);
  if (twice !== null) return twice;
  const found = overrides.find(({ lineId, catalogPriceMinor }) => {
    const line = lines.find((each) => each.lineId === lineId);
    return line === undefined || line.unitPriceMinor === catalogPriceMinor;
  });
  return found?.lineId ?? null;
};

const objectionToContent = (content: Content): DraftRejection | null => {
  const { lines } = content;
  if (lines.length > maxOrderLines) return { code: 'OrderTooLarge', lines: lines.length, most: maxOrderLines };
  const repeated = repeatedLineId(lines);
  if (repeated !== null) return { code: 'LineRepeated', lineId: repeated };
  const unfounded = unfoundedOverride(content);
  if (unfounded !== null) return { code: 'OverrideUnfounded', lineId: unfounded };
  return addsUp(content) ? null : { code: 'TotalsWrong' };
};

const createDraft = ({ type: _type, ...draft }: CreateDraftOrder, state: Order): DraftDecision => {
  if (state.status !== 'absent') return reject({ code: 'OrderExists' });
  const objection = objectionToContent(draft);
  return objection ? reject(objection) : accept({ type: 'DraftOrderCreated', ...draft });
};

const reviseDraft = ({ type: _type, ...content }: ReviseDraftOrder, order: ExistingOrder): DraftDecision => {
  if (order.status !== 'draft') return reject({ code: 'DraftClosed', status: order.status });
  const objection = objectionToContent(content);
  if (objection) return reject(objection);
  // Saved without a change, which a new promise alone is none of: nobody needs to read of it.
  if (isSame({ ...order, ...content, promise: order.promise }, order)) return accept();
  return accept({ type: 'DraftOrderRevised', ...content, subjectId: order.subjectId });
};

/** What a parcel can't be sent without; null when nothing is missing. */
export const missingOf = ({ shipTo }: Pick<OrderPlaced, 'shipTo'>) => {
  const recipient = isErased(shipTo.recipient) ? { name: '', street: '' } : shipTo.recipient;
  if (recipient.name.trim() === '') return 'name';
  if (recipient.street.trim() === '') return 'street';
  if (shipTo.postalCode.trim() === '') return 'postal code';
  return shipTo.city.trim() === '' ? 'town' : null;
};

/** The catalog may have another price by now; an agreed one, the goods and their numbers are the draft's. */
const isLineOf = (order: ExistingOrder, placed: OrderLine): boolean => {
  const { lineId } = placed;
  const drafted = order.lines.find((line) => line.lineId === lineId);
  if (!drafted || drafted.sku !== placed.sku || drafted.quantity !== placed.quantity) return false;
  const isAgreed = order.overrides?.some((override) => override.lineId === lineId) ?? false;
  return !isAgreed || drafted.unitPriceMinor === placed.unitPriceMinor;
};

const isDraftOf = (order: ExistingOrder, placed: PlaceDraftOrder['placed']): boolean =>
  placed.orderId === order.orderId &&
  placed.orderNumber === order.orderNumber &&
  placed.subjectId === order.subjectId &&
  placed.customerId === order.customerId &&
  placed.currency === order.currency &&
  placed.shipTo.country === order.shipTo.country &&
  placed.shippingMethod.code === order.shippingMethod.code &&
  placed.discount?.code === order.discount?.code &&
  placed.lines.length === order.lines.length &&
  placed.lines.every((line) => isLineOf(order, line));

const placeDraft = ({ placementId, placed }: PlaceDraftOrder, order: ExistingOrder): DraftDecision => {
  if (order.status !== 'draft') return reject({ code: 'DraftClosed', status: order.status });
  if (order.lines.length === 0) return reject({ code: 'OrderEmpty' });
  if (isErased(order.contact) || isErased(order.shipTo.recipient)) return reject({ code: 'NobodyToWriteTo' });
  const missing = missingOf(order);
  if (missing !== null) return reject({ code: 'DraftIncomplete', missing });
  const repeated = repeatedLineId(placed.lines);
  if (repeated !== null) return reject({ code: 'LineRepeated', lineId: repeated });
  if (!isDraftOf(order, placed)) return reject({ code: 'DraftChanged' });
  if (!addsUp(placed)) return reject({ code: 'TotalsWrong' });
  const { orderId, currency } = order;
  return accept<OrderEvent>(
    { type: 'OrderPlaced', ...placed, contact: order.contact, shipTo: order.shipTo },
    // The vocabulary's own fact, so that whoever looks for changed prices finds those of the phone too.
    ...placed.lines.flatMap(({ lineId, sku, unitPriceMinor }): OrderEvent[] => {
      const override = order.overrides?.find((each) => each.lineId === lineId);
      if (!override) return [];
      const { catalogPriceMinor: from, reason } = override;
      const fact = { orderId, amendmentId: placementId, lineId, sku, currency, from, to: unitPriceMinor, reason };
      return [{ type: 'OrderLinePriceOverridden', ...fact }];
    }),
  );
};

const discardDraft = ({ orderId }: DiscardDraftOrder, order: ExistingOrder): DraftDecision => {
  if (order.status === 'discarded') return accept();
  if (order.status !== 'draft') return reject({ code: 'DraftClosed', status: order.status });
  return accept({ type: 'DraftOrderDiscarded', orderId });
};

/** Decides what becomes of an order before it is placed. Pure. */
export const decideDraft = (command: DraftCommand, state: Order): DraftDecision => {
  if (command.type === 'CreateDraftOrder') return createDraft(command, state);
  if (state.status === 'absent') return reject({ code: 'OrderUnknown' });
  switch (command.type) {
    case 'ReviseDraftOrder':
      return reviseDraft(command, state);
    case 'PlaceDraftOrder':
      return placeDraft(command, state);
    case 'DiscardDraftOrder':
      return discardDraft(command, state);
  }
};
