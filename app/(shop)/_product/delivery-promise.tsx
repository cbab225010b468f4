import { RouteLine } from '../../_ui/route-line.tsx';
import { type Delivery, promiseStops } from './promise-stops.ts';

interface DeliveryPromiseProps {
  /** Null where we don't send to. */
  readonly delivery: Delivery | null;
  /** When the promise was made, ms: what counts as today. */
  readonly madeAt: number;
}

/** The way of an order that is placed now, with its dates. */
export const DeliveryPromise = ({ delivery, madeAt }: DeliveryPromiseProps) =>
  delivery ? (
    <>
      <RouteLine
        className="max-sm:hidden"
        label="Delivery promise"
        direction="horizontal"
        stops={promiseStops(delivery, madeAt)}
      />
      <RouteLine
        className="sm:hidden"
        label="Delivery promise"
        direction="vertical"
        stops={promiseStops(delivery, madeAt)}
      />
    </>
  ) : (
    <p className="text-admin text-hold">We don't send to this country yet. Choose another one above.</p>
  );
