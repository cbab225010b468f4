/** What becomes of a parcel by itself, and when, counted from its shipping. */
export type CarrierStep =
  | { readonly type: 'tracking'; readonly afterMs: number; readonly status: string }
  | { readonly type: 'delivered'; readonly afterMs: number };

/** A carrier, as far as it tells us by itself where parcels are. */
export type Carrier = { readonly name: string; readonly journey: readonly CarrierStep[] };

/** Says nothing: people at the warehouse or in the office report deliveries. Tests use it. */
export const silentCarrier: Carrier = { name: 'silent', journey: [] };

/** Delivers within two minutes, so that a demonstration comes to its end. */
export const simulatedCarrier: Carrier = {
  name: 'simulated',
  journey: [
    { type: 'tracking', afterMs: 45_000, status: 'Out for delivery' },
    { type: 'delivered', afterMs: 120_000 },
  ],
};
