import type { CardProblem } from '#server/adapters/simulated-gateway/cards.ts';
import type { CartProblem } from '#server/runtime/cart-problem.ts';

/** What the server refuses before a command reaches the domain: it looks at the plain tables and at the request. */
export type ApiRejection =
  | CartProblem
  /** `token_unknown`: the gateway never gave this token. */
  | { readonly code: 'CardInvalid'; readonly problem: CardProblem | 'token_unknown' }
  /** A colleague gave this line's price for as many as it has: more of it is theirs to sell. */
  | { readonly code: 'PriceAgreed'; readonly name: string }
  /** No warehouse of ours has this code. */
  | { readonly code: 'WarehouseUnknown'; readonly warehouse: string }
  /** Signed by us for this order, and past its day. */
  | { readonly code: 'LinkExpired' }
  /** No view that the agent sees has this id. */
  | { readonly code: 'ViewUnknown' }
  /** It is shared by somebody else, whose it stays. */
  | { readonly code: 'ViewNotYours' }
  | { readonly code: 'ViewNameTaken' }
  | { readonly code: 'TooManyViews' }
  /** No customer has this account. */
  | { readonly code: 'CustomerUnknown' }
  /** Nobody at the desk has this account. */
  | { readonly code: 'AssigneeUnknown' }
  /** The id was used for another request, or by somebody else. */
  | { readonly code: 'CommandIdReused' };
