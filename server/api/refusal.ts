import { TRPCError } from '@trpc/server';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { rejectionWords } from '#domain/waybill/rejection-words.ts';
import type { ApiRejection } from './api-rejections.ts';
import { type AnyRejection, rejectionCodes } from './rejection-codes.ts';

/** What a screen may be told of a command that was not carried out. */
export type Refusal =
  | { readonly kind: 'rejected'; readonly rejection: AnyRejection; readonly token: string | null }
  /** Somebody changed what the command conflicts with; `events` is what they did. */
  | { readonly kind: 'conflict'; readonly events: readonly RecordedEvent<DomainEvent>[]; readonly token: string };

/** The cause of a TRPCError that is a refusal and not a failure: the error formatter finds it here. */
export class RefusalCause extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.kind);
    this.name = 'RefusalCause';
    this.refusal = refusal;
  }
}

type ApiWords = {
  readonly [Code in ApiRejection['code']]: (rejection: Extract<ApiRejection, { code: Code }>) => string;
};

const cardWords: Record<Extract<ApiRejection, { code: 'CardInvalid' }>['problem'], string> = {
  card_number_invalid: 'Check the card number: a digit is wrong or missing.',
  card_not_for_tests: 'This shop takes test cards only, such as 4242 4242 4242 4242. Your card was not kept.',
  expiry_invalid: 'Enter the date on the card as month and year, like 08/29.',
  card_expired: 'This card has expired. Use another one.',
  cvc_invalid: 'Enter the security code: 3 digits, 4 for American Express.',
  token_unknown: 'The card could not be read. Enter it again.',
};

const apiWords: ApiWords = {
  ProductUnknown: ({ sku }) => `${sku} is no longer on sale. Remove it from the cart.`,
  CountryNotServed: ({ country }) => `We do not ship to ${country} yet. Choose another country.`,
  DiscountUnknown: ({ discountCode }) => `The code ${discountCode} is not valid now.`,
  ShippingMethodUnknown: () => 'This way of shipping is not offered. Choose another.',
  CardInvalid: ({ problem }) => cardWords[problem],
  PriceChanged: () => 'A price has changed since the total was shown. Check the new total, then try again.',
  PriceAgreed: ({ name }) => `The price of ${name} was agreed for as many as you have. Ask us if you want more of it.`,
  WarehouseUnknown: ({ warehouse }) => `There is no warehouse ${warehouse}. Choose another one.`,
  LinkExpired: () => 'This link has expired. Use the link in a newer mail of ours, or sign in.',
  ViewUnknown: () => 'This view is gone. Save it again under a name.',
  ViewNotYours: () => 'This view belongs to a colleague. Save it as a view of your own.',
  ViewNameTaken: () => 'You have a view of this name. Choose another name.',
  TooManyViews: () => 'You have 40 views, and there is room for no more. Delete one first.',
  CustomerUnknown: () => 'There is no such customer any more. Find them again, or order for a guest.',
  AssigneeUnknown: () => 'Only support agents and administrators can have orders. Choose somebody else.',
  CommandIdReused: () => 'This request was sent before with other contents. Load the page again and retry.',
};

const isApiRejection = (rejection: AnyRejection): rejection is ApiRejection => Object.hasOwn(apiWords, rejection.code);

/** A rejection in words, the domain's and the API's own. */
export const wordsOf = (rejection: AnyRejection): string => {
  if (!isApiRejection(rejection)) return rejectionWords(rejection);
  // The table's keys are the union's codes, which TypeScript can't follow through the index.
  const say = apiWords[rejection.code] as (rejection: ApiRejection) => string;
  return say(rejection);
};

/** The error to throw for a rejection. `token` is where the decision stood, null when none was reached. */
export const rejected = (rejection: AnyRejection, token: string | null = null): TRPCError =>
  new TRPCError({
    code: rejectionCodes[rejection.code],
    message: wordsOf(rejection),
    cause: new RefusalCause({ kind: 'rejected', rejection, token }),
  });

/** The error to throw when the order moved under the person. */
export const conflicted = (events: readonly RecordedEvent<DomainEvent>[], token: string): TRPCError =>
  new TRPCError({
    code: 'CONFLICT',
    message: 'Somebody else changed this order while you looked at it.',
    cause: new RefusalCause({ kind: 'conflict', events, token }),
  });
