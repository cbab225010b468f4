import type { ExistingOrder } from '#domain/order/state.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { formatPercent } from '../../_ui/format.ts';
import { OrderNumber } from '../../_ui/identifier.tsx';
import { Receipt } from '../_checkout/receipt.tsx';
import { OrderMoney } from './order-money.tsx';

interface OrderReceiptProps {
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
}

const ShipTo = ({ shipTo }: Pick<ExistingOrder, 'shipTo'>) => {
  const { recipient, postalCode, city, country } = shipTo;
  const who = isErased(recipient) ? 'Erased' : `${recipient.name}, ${recipient.street}`;
  return (
    <p className="border-rule border-b py-2.5 text-desk text-muted">
      <span className="block text-caption">Ships to</span>
      <span className="break-words text-ink">
        {who}, {postalCode} {city}, {country}
      </span>
    </p>
  );
};

/** The receipt as it was agreed: prices and tax of the moment of ordering. */
export const OrderReceipt = ({ waybill, order }: OrderReceiptProps) => {
  const { lines, totals, currency, discount, shippingMethod, taxRateBasisPoints } = order;
  return (
    <Receipt
      title="Receipt"
      trail={<OrderNumber value={order.orderNumber} copy="never" />}
      lines={lines.map(({ lineId, name, picture, hue, quantity, totalMinor, discountMinor }) => ({
        id: lineId,
        name,
        picture,
        hue,
        quantity,
        worthMinor: totalMinor + discountMinor,
      }))}
      sums={totals}
      currency={currency}
      discountLabel={discount ? `Discount, ${discount.code}` : null}
      shippingLabel={`Shipping, ${shippingMethod.name}`}
      taxLabel={`Tax, ${formatPercent(taxRateBasisPoints / 10_000, taxRateBasisPoints % 100 === 0 ? 0 : 1)}, included`}
      middle={<ShipTo shipTo={order.shipTo} />}
    >
      <OrderMoney waybill={waybill} />
    </Receipt>
  );
};
