/** What the server refuses before a command reaches the domain: it looks at the plain tables and at the request. */
export type ApiRejection =
  /** Not in the catalog, or no longer on sale. */
  | { readonly code: 'ProductUnknown'; readonly sku: string }
  | { readonly code: 'CountryNotServed'; readonly country: string }
  /** No such code, or not valid now. */
  | { readonly code: 'DiscountUnknown'; readonly discountCode: string }
  | { readonly code: 'ShippingMethodUnknown'; readonly method: string }
  | { readonly code: 'CardInvalid'; readonly field: 'number' | 'expiry' | 'cvc' }
  /** The total that the buyer agreed to is no longer the total. */
  | { readonly code: 'PriceChanged'; readonly wasMinor: number; readonly isMinor: number }
  /** The id was used for another request, or by somebody else. */
  | { readonly code: 'CommandIdReused' };
