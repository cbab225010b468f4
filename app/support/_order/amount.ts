/** "19.90" or "19,90" in minor units of a currency with two digits after the point; null when it is no amount. */
export const minorOf = (text: string): number | null => {
  const match = /^(\d{1,9})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
};

export const amountText = (minor: number): string => (minor / 100).toFixed(2);
