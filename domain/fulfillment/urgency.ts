/** How near to its ship-by time a fulfillment that still waits counts as at risk. */
export const atRiskMs = 4 * 60 * 60 * 1_000;

export type Urgency = 'late' | 'at_risk' | 'on_time';

/** How a fulfillment that has not left the house stands against its promise. `shipBy` is ISO 8601, `now` ms. Pure. */
export const urgencyOf = (shipBy: string, now: number): Urgency => {
  const leftMs = Date.parse(shipBy) - now;
  if (leftMs < 0) return 'late';
  return leftMs < atRiskMs ? 'at_risk' : 'on_time';
};
