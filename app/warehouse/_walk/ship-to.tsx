import type { Address } from '#domain/order/events.ts';
import { isErased } from '#domain/shared/personal.ts';

/** An address as it stands on a parcel; what was erased says so. */
export const ShipTo = ({ address }: { readonly address: Address }) => {
  const { recipient, postalCode, city, region, country } = address;
  return (
    <address className="break-words not-italic">
      {isErased(recipient) ? (
        <span className="block text-muted">Recipient erased</span>
      ) : (
        <>
          <span className="block font-medium">{recipient.name}</span>
          <span className="block">{recipient.street}</span>
        </>
      )}
      <span className="block">
        {postalCode} {city}
        {region ? `, ${region}` : ''}, {country}
      </span>
    </address>
  );
};
