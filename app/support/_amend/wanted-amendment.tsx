import { amended, amendmentFacts } from '#domain/order/amend.ts';
import type { Amendment } from '#domain/order/amendment-events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { describeEvent } from '#domain/waybill/event-words.ts';
import { formatMoney } from '../../_ui/format.ts';

interface WantedAmendmentProps {
  readonly amendment: Amendment;
  readonly order: ExistingOrder;
}

const said = { money: formatMoney, warehouse: (code: string) => code, staff: () => '' };

/** An amendment fact by fact, and its total, beside what somebody else did. */
export const WantedAmendment = ({ amendment, order }: WantedAmendmentProps) => {
  const facts = amendmentFacts(order, 'wanted', amendment).map((fact) => describeEvent(fact, said).title);
  return (
    <ul>
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
      <li>Total {formatMoney(amended(order, amendment).totals.grandTotalMinor, order.currency)}</li>
    </ul>
  );
};
