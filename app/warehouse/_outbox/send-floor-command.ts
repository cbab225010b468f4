import type { TRPCClient } from '@trpc/client';
import type { StreamId } from '#domain/shared/ids.ts';
import type { AppRouter } from '#server/api/router.ts';
import type { Recorded } from '../../_optimistic/overlay-store.ts';
import type { FloorCommand } from './outbox.ts';

type Identity = { readonly commandId: string; readonly decidedOn?: Record<StreamId, number> | undefined };

/** Calls the procedure of a step. The picker is whoever is signed in, so it is not sent. */
export const sendFloorCommand = (
  client: TRPCClient<AppRouter>,
  identity: Identity,
  command: FloorCommand,
): Promise<Recorded> => {
  const { fulfillment, returns } = client.warehouse;
  switch (command.type) {
    case 'StartPicking': {
      const { orderId, fulfillmentId } = command;
      return fulfillment.startPicking.mutate({ ...identity, orderId, fulfillmentId });
    }
    case 'PickItem': {
      const { type: _type, ...input } = command;
      return fulfillment.pickItem.mutate({ ...identity, ...input });
    }
    case 'ReportShortPick': {
      const { type: _type, ...input } = command;
      return fulfillment.reportShortPick.mutate({ ...identity, ...input });
    }
    case 'PackFulfillment': {
      const { type: _type, packages, ...input } = command;
      return fulfillment.pack.mutate({ ...identity, ...input, packages: [...packages] });
    }
    case 'ShipFulfillment': {
      const { type: _type, ...input } = command;
      return fulfillment.ship.mutate({ ...identity, ...input });
    }
    case 'ReceiveReturn': {
      const { type: _type, lines, ...input } = command;
      return returns.receive.mutate({ ...identity, ...input, lines: [...lines] });
    }
    case 'InspectReturn': {
      const { type: _type, lines, ...input } = command;
      return returns.inspect.mutate({ ...identity, ...input, lines: [...lines] });
    }
  }
};
