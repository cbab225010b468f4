'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 } from 'uuid';
import type { CommandId, FulfillmentId, OrderId } from '#domain/shared/ids.ts';
import { wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC, useTRPCClient } from '../../_trpc/trpc.ts';
import { notify } from '../../_ui/toast.tsx';
import type { Shipment } from './shipments-input.ts';

/** What the carrier says of a parcel. */
export type Delivery = { readonly type: 'delivered' } | { readonly type: 'failed'; readonly reason: string };

/** `pending`: said, not recorded yet; shown in pencil. */
export type Report =
  | { readonly phase: 'pending'; readonly commandId: string; readonly delivery: Delivery }
  | { readonly phase: 'refused'; readonly commandId: string; readonly delivery: Delivery; readonly words: string };

/** Speaks for the carrier, by fulfillment: shown at once, refused beside the row. */
export const useDelivery = () => {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [reports, setReports] = useState<Readonly<Record<string, Report>>>({});

  const forget = (fulfillmentId: string) => setReports(({ [fulfillmentId]: _settled, ...others }) => others);

  const report = async (shipment: Shipment, delivery: Delivery, again?: Report): Promise<void> => {
    const { fulfillmentId } = shipment;
    // A retry is the same command: it may have been recorded.
    const commandId = again?.commandId ?? v7();
    setReports((all) => ({ ...all, [fulfillmentId]: { phase: 'pending', commandId, delivery } }));
    const input = {
      commandId: commandId as CommandId,
      orderId: shipment.orderId as OrderId,
      fulfillmentId: fulfillmentId as FulfillmentId,
    };
    try {
      if (delivery.type === 'delivered') await client.warehouse.fulfillment.deliver.mutate(input);
      else await client.warehouse.fulfillment.failDelivery.mutate({ ...input, reason: delivery.reason });
      await queryClient.invalidateQueries({ queryKey: trpc.warehouse.shipments.pathKey() });
      forget(fulfillmentId);
      notify(`${shipment.orderNumber}: ${delivery.type === 'delivered' ? 'delivered' : 'delivery failed'}`);
    } catch (error) {
      setReports((all) => ({
        ...all,
        [fulfillmentId]: { phase: 'refused', commandId, delivery, words: wordsOf(error) },
      }));
    }
  };
  return { reports, report };
};
