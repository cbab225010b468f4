/** ISO 4217 currencies without two minor digits that a shop may meet. */
export const unusualMinorDigits: Readonly<Record<string, number>> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  ISK: 0,
  BHD: 3,
  KWD: 3,
  TND: 3,
};

export const minorDigitsOf = (currency: string): number => unusualMinorDigits[currency] ?? 2;

/** For machines: 18470 EUR is "184.70". */
export const decimalOf = (minor: number, currency: string): string => {
  const digits = minorDigitsOf(currency);
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  const text = digits === 0 ? all : `${all.slice(0, -digits)}.${all.slice(-digits)}`;
  return minor < 0 ? `-${text}` : text;
};
