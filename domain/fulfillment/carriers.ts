/** A carrier that the warehouses hand parcels to. */
export type CarrierName = (typeof carriers)[number]['name'];

/** The first is the usual one. `prefix` begins its tracking numbers. */
export const carriers = [
  { name: 'PostNordic', prefix: 'PN' },
  { name: 'Blitzpaket', prefix: 'BP' },
  { name: 'Correio Azul', prefix: 'CA' },
  { name: 'Overland', prefix: 'OL' },
] as const;

/**
 * The number on the label that the carrier's printer would make: its prefix and ten digits, always the same for one
 * fulfillment, so that a label printed twice is one parcel. Pure.
 */
export const suggestTrackingNumber = (carrier: CarrierName, fulfillmentId: string): string => {
  const prefix = carriers.find(({ name }) => name === carrier)?.prefix ?? 'WB';
  const digits = BigInt(`0x${fulfillmentId.replaceAll('-', '')}`) % 10_000_000_000n;
  return `${prefix}${String(digits).padStart(10, '0')}`;
};
