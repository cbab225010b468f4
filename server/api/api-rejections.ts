import type { CartProblem } from '#server/runtime/cart-problem.ts';

/** What the server refuses before a command reaches the domain: it looks at the plain tables and at the request. */
export type ApiRejection =
  | CartProblem
  | { readonly code: 'CardInvalid'; readonly field: 'number' | 'expiry' | 'cvc' }
  /** The id was used for another request, or by somebody else. */
  | { readonly code: 'CommandIdReused' };
