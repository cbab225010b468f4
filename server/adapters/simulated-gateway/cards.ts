export type CardBehaviour = 'approve' | 'decline' | 'insufficient_funds' | 'challenge' | 'slow' | 'unavailable';

/** The numbers that do something, in Stripe's manner. No other card is taken: this gateway moves no money. */
const testCards: Readonly<Record<string, CardBehaviour>> = {
  '4242424242424242': 'approve',
  '5555555555554444': 'approve',
  '378282246310005': 'approve',
  '4000000000000002': 'decline',
  '4000000000009995': 'insufficient_funds',
  '4000002500003155': 'challenge',
  '4000000000000077': 'slow',
  '4000000000000119': 'unavailable',
};

export type CardProblem =
  | 'card_number_invalid'
  /** A real number, perhaps. It is not kept. */
  | 'card_not_for_tests'
  | 'expiry_invalid'
  | 'card_expired'
  | 'cvc_invalid';

export type CheckedCard =
  | { readonly ok: true; readonly behaviour: CardBehaviour; readonly brand: string; readonly last4: string }
  | { readonly ok: false; readonly code: CardProblem };

const passesLuhn = (digits: string): boolean => {
  let total = 0;
  for (const [index, char] of [...digits].toReversed().entries()) {
    const digit = Number(char) * (index % 2 === 1 ? 2 : 1);
    total += digit > 9 ? digit - 9 : digit;
  }
  return total % 10 === 0;
};

const brandOf = (digits: string): string => {
  if (digits.startsWith('4')) return 'visa';
  if (/^3[47]/.test(digits)) return 'amex';
  return 'mastercard';
};

const expiryProblem = (expiry: string, now: Date): CardProblem | null => {
  const [, month, year] = /^(\d{1,2})\s*\/\s*(\d{2}|\d{4})$/.exec(expiry.trim()) ?? [];
  if (!month || !year || Number(month) < 1 || Number(month) > 12) return 'expiry_invalid';
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  // Good to the end of its month.
  return Date.UTC(fullYear, Number(month), 1) <= now.getTime() ? 'card_expired' : null;
};

/** Checks what was typed into a card form, and says what the card will do. `expiry` is `MM/YY` or `MM/YYYY`. */
export const checkCard = (number: string, expiry: string, cvc: string, now: Date): CheckedCard => {
  const digits = number.replaceAll(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits) || !passesLuhn(digits)) return { ok: false, code: 'card_number_invalid' };
  const problem = expiryProblem(expiry, now);
  if (problem) return { ok: false, code: problem };
  const brand = brandOf(digits);
  if (!new RegExp(brand === 'amex' ? '^\\d{4}$' : '^\\d{3}$').test(cvc.trim()))
    return { ok: false, code: 'cvc_invalid' };
  const behaviour = testCards[digits];
  if (!behaviour) return { ok: false, code: 'card_not_for_tests' };
  return { ok: true, behaviour, brand, last4: digits.slice(-4) };
};
