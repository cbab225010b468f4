import { candle, lamp, lineIdOf, orderId, uuid } from '../shared/ids.builders.ts';
import type { CreateDraftOrder, PlaceDraftOrder, ReviseDraftOrder } from './draft.ts';
import type { DraftEvent, DraftOrderCreated, DraftOrderRevised, PriceOverride } from './draft-events.ts';
import { body, lineOf, type Priced } from './order.builders.ts';

type Wanted = Omit<Priced, 'lines'> & {
  /** Of candles. */
  readonly quantity?: number;
  /** What a candle was agreed to cost, where that isn't the catalog's € 64.90. */
  readonly agreedMinor?: number | null;
};

const catalogMinor = 6_490;

const overridesOf = ({ agreedMinor = 5_500 }: Wanted): PriceOverride[] =>
  agreedMinor === null
    ? []
    : [{ lineId: lineIdOf(1), catalogPriceMinor: catalogMinor, reason: 'Matched the shop next door' }];

const priced = ({ quantity = 2, agreedMinor = 5_500, ...rest }: Wanted) => ({
  ...body({
    ...rest,
    lines: [lineOf(1, candle, quantity, agreedMinor ?? catalogMinor), lineOf(2, lamp, 1, 5_000)],
  }),
  channel: 'phone' as const,
});

const content = (wanted: Wanted) => {
  const { externalReference: _e, channel: _c, paymentMethod: _p, ...rest } = priced(wanted);
  return { ...rest, overrides: overridesOf(wanted) };
};

const revision = (wanted: Wanted): Omit<DraftOrderRevised, 'type' | 'subjectId'> => {
  const { orderNumber: _n, subjectId: _s, customerId: _i, tier: _t, ...rest } = content(wanted);
  return rest;
};

/** Two candles at € 55.00, which are € 64.90 in the catalog, and a lamp: with shipping € 164.90. */
export const draftCreated = (wanted: Wanted = {}): DraftOrderCreated => ({
  type: 'DraftOrderCreated',
  ...content(wanted),
});
export const draftRevised = (wanted: Wanted = { quantity: 3 }): DraftOrderRevised => ({
  type: 'DraftOrderRevised',
  ...revision(wanted),
  subjectId: content(wanted).subjectId,
});
export const draftDiscarded: Extract<DraftEvent, { type: 'DraftOrderDiscarded' }> = {
  type: 'DraftOrderDiscarded',
  orderId,
};

export const createDraft = (wanted: Wanted = {}): CreateDraftOrder => ({
  type: 'CreateDraftOrder',
  ...content(wanted),
});
export const reviseDraft = (wanted: Wanted = { quantity: 3 }): ReviseDraftOrder => ({
  type: 'ReviseDraftOrder',
  ...revision(wanted),
});
export const placeDraft = (wanted: Wanted = {}): PlaceDraftOrder => ({
  type: 'PlaceDraftOrder',
  orderId,
  placementId: uuid(801),
  placed: priced(wanted),
});
