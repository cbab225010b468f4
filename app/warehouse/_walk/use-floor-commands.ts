'use client';

import type { QueryKey } from '@tanstack/react-query';
import type { Waybill } from '#domain/waybill/state.ts';
import { type Ran, useWaybillCommand, type WaybillCommands } from '../../_optimistic/use-waybill-command.ts';
import { useTRPCClient } from '../../_trpc/trpc.ts';
import type { FloorCommand } from '../_outbox/outbox.ts';
import { useOutbox } from '../_outbox/outbox-provider.tsx';
import { sendFloorCommand } from '../_outbox/send-floor-command.ts';

export type FloorCommands = Omit<WaybillCommands, 'run'> & { readonly run: (command: FloorCommand) => Ran };

/** Commands of the floor: shown at once, written down on this device, and sent until somebody answers. */
export const useFloorCommands = (
  orderId: string,
  options: { readonly waybill: Waybill | undefined; readonly refresh: readonly QueryKey[] },
): FloorCommands => {
  const client = useTRPCClient();
  const { outbox } = useOutbox();
  const commands = useWaybillCommand(orderId, options);
  const run = (command: FloorCommand): Ran => {
    const ran = commands.run(command, (identity) =>
      outbox.deliver({ commandId: identity.commandId, command }, () => sendFloorCommand(client, identity, command)),
    );
    // Before the first try: the page may be closed while earlier steps are on their way.
    if (ran.ok) outbox.add({ commandId: ran.commandId, command });
    return ran;
  };
  return { ...commands, run };
};
