import { z } from 'zod';

const storageKey = 'waybill-checkout-1';

const text = z.string().max(400);

const who = z.strictObject({
  email: text,
  name: text,
  street: text,
  postalCode: text,
  city: text,
  country: text,
  phone: text,
});

/** What was sent and not answered yet, to the letter: sent again, it gets the first sending's answer. */
const attempt = z.looseObject({ orderId: z.uuid(), commandId: z.uuid(), cardToken: z.string() });

const memorySchema = z.strictObject({
  /** The account's mail address, null for a guest: nobody is shown what somebody else has typed in this tab. */
  account: text.nullable(),
  who: who.nullable(),
  unanswered: attempt.nullable(),
});

type Memory<Attempt> = { readonly who: z.infer<typeof who> | null; readonly unanswered: Attempt | null };

const nothing = { who: null, unanswered: null };

/**
 * What a checkout remembers for as long as the tab lives: who buys, so that another try needs no typing, and an order
 * whose answer was lost, so that it is not placed twice. Never the card.
 */
export const recall = <Attempt>(account: string | null): Memory<Attempt> => {
  try {
    const { account: whose, ...memory } = memorySchema.parse(JSON.parse(sessionStorage.getItem(storageKey) ?? 'null'));
    return whose === account ? (memory as Memory<Attempt>) : nothing;
  } catch {
    return nothing;
  }
};

/** Changes what is remembered. Where storage is denied, the page itself is the memory. */
export const remember = <Attempt>(account: string | null, change: Partial<Memory<Attempt>>): void => {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ account, ...recall<Attempt>(account), ...change }));
  } catch {
    // Denied or full: another try then needs typing.
  }
};

/** The order stands: nothing of it is needed any more. */
export const forgetBuyer = (): void => {
  try {
    sessionStorage.removeItem(storageKey);
  } catch {
    // Denied, so there is nothing.
  }
};
