/** Why a cart can't be ordered as it is. */
export type CartProblem =
  /** Not in the catalog, or no longer on sale. */
  | { readonly code: 'ProductUnknown'; readonly sku: string }
  | { readonly code: 'CountryNotServed'; readonly country: string }
  /** No such code, or not valid now. */
  | { readonly code: 'DiscountUnknown'; readonly discountCode: string }
  | { readonly code: 'ShippingMethodUnknown'; readonly method: string }
  /** The total that the buyer agreed to is no longer the total. */
  | { readonly code: 'PriceChanged'; readonly wasMinor: number; readonly isMinor: number };
