import { RouteLine } from '../../_ui/route-line.tsx';
import { type Delivery, promiseStops } from './promise-stops.ts';

interface DeliveryPromiseProps {
  /** Null where we don't send to. */
  readonly delivery: Delivery | null;
  /** When the promise was made, ms: what counts as today. */
  readonly madeAt: number;
  /** Whether the product lies in the warehouse that it is promised from. */
  readonly liesThere: boolean;
}

/** The way of an order that is placed now, with its dates. */
export const DeliveryPromise = ({ delivery, madeAt, liesThere }: DeliveryPromiseProps) =>
  delivery ? (
    <>
      <RouteLine
        className="max-sm:hidden"
        label="Delivery promise"
        direction="horizontal"
        stops={promiseStops(delivery, madeAt, liesThere)}
      />
      <RouteLine
        className="sm:hidden"
        label="Delivery promise"
        direction="vertical"
        stops={promiseStops(delivery, madeAt, liesThere)}
      />
    </>
  ) : (
    <p className="text-admin text-hold">We don't send to this country yet. Choose another one above.</p>
  );
