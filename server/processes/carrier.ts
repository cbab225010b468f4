import { derivedId } from '#domain/shared/derived-id.ts';
import type { Carrier } from '#server/adapters/carrier.ts';
import { defineProcess, type TimerChange } from './define-process.ts';

/** Lets a shipped parcel travel as its carrier says; ends at its delivery, whoever reported it. */
export const carrierOf = (carrier: Carrier) =>
  defineProcess<null>({
    name: 'carrier',
    version: 1,
    initial: null,
    on: {
      FulfillmentShipped: (_state, { orderId, fulfillmentId }, source) => {
        const shippedAt = Date.parse(source.recorded.recordedAt);
        const timers = carrier.journey.map(
          (step, index): TimerChange => ({
            type: 'set',
            timerId: timerOf(fulfillmentId, index),
            dueAt: new Date(shippedAt + step.afterMs).toISOString(),
            commands: [
              source.issue(
                `${fulfillmentId}/${index}`,
                step.type === 'delivered'
                  ? { type: 'DeliverFulfillment', orderId, fulfillmentId }
                  : { type: 'UpdateTracking', orderId, fulfillmentId, status: step.status },
              ),
            ],
          }),
        );
        return { timers };
      },
      FulfillmentDelivered: (_state, { fulfillmentId }) => ({
        timers: carrier.journey.map((_step, index) => ({ type: 'cancel', timerId: timerOf(fulfillmentId, index) })),
      }),
    },
  });

const timerOf = (fulfillmentId: string, step: number): string =>
  derivedId('timer', 'carrier', fulfillmentId, `${step}`);
