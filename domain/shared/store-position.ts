/**
 * Where an event stands in the store's total order: (incarnation, transactionId, position), compared in that order.
 * Never compare by `position` alone: identities are handed out before commits, so they are not in commit order.
 */
export type StorePosition = {
  readonly incarnation: number;
  readonly transactionId: number;
  readonly position: number;
};

export const beginning: StorePosition = { incarnation: 0, transactionId: 0, position: 0 };

/** Negative when `a` stands before `b`, zero when they are the same, positive when after. */
export const comparePositions = (a: StorePosition, b: StorePosition): number =>
  a.incarnation - b.incarnation || a.transactionId - b.transactionId || a.position - b.position;

/** The consistency token's text form: `incarnation.transactionId.position`. */
export const formatPosition = (at: StorePosition): string => `${at.incarnation}.${at.transactionId}.${at.position}`;

/** Reads the text form back; null when it is not one. */
export const parsePosition = (text: string): StorePosition | null => {
  const match = /^(\d{1,9})\.(\d{1,16})\.(\d{1,16})$/.exec(text);
  if (!match) return null;
  const [incarnation, transactionId, position] = match.slice(1).map(Number);
  if (incarnation === undefined || transactionId === undefined || position === undefined) return null;
  if (![incarnation, transactionId, position].every(Number.isSafeInteger)) return null;
  return { incarnation, transactionId, position };
};
