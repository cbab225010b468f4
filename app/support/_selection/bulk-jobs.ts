import { v7 } from 'uuid';
import type { OrderId } from '#domain/shared/ids.ts';
import type { useTRPCClient } from '../../_trpc/trpc.ts';
import type { BulkJob, BulkStep } from './bulk-run.ts';

type Client = ReturnType<typeof useTRPCClient>;

const tag = ({ support }: Client, orderId: OrderId, text: string): BulkStep => ({
  command: { type: 'TagOrder', orderId, tag: text },
  send: (identity) => support.order.tag.mutate({ orderId, tag: text, ...identity }),
});

const untag = ({ support }: Client, orderId: OrderId, text: string): BulkStep => ({
  command: { type: 'UntagOrder', orderId, tag: text },
  send: (identity) => support.order.untag.mutate({ orderId, tag: text, ...identity }),
});

const assign = ({ support }: Client, orderId: OrderId, to: string | null): BulkStep => ({
  command: { type: 'AssignOrder', orderId, to },
  send: (identity) => support.order.assign.mutate({ orderId, to, ...identity }),
});

const hold = ({ support }: Client, orderId: OrderId, reason: string): BulkStep => {
  const placed = { orderId, holdId: v7(), reason };
  return {
    command: { type: 'PlaceHold', ...placed },
    send: (identity) => support.order.placeHold.mutate({ ...placed, ...identity }),
  };
};

const release = ({ support }: Client, orderId: OrderId, holdId: string): BulkStep => ({
  command: { type: 'ReleaseHold', orderId, holdId },
  send: (identity) => support.order.releaseHold.mutate({ orderId, holdId, ...identity }),
});

/** Undo takes the tag only off the orders that didn't have it before. */
export const tagJob = (client: Client, text: string): BulkJob => ({
  done: `tagged ${text}`,
  steps: ({ orderId }) => [tag(client, orderId, text)],
  undo: {
    done: `no longer tagged ${text}`,
    steps: ({ orderId }) => [untag(client, orderId, text)],
  },
});

/** Undo gives each order back to whoever had it. `name` is null for nobody. */
export const assignJob = (client: Client, to: string | null, name: string | null): BulkJob => ({
  done: name === null ? 'assigned to nobody' : `assigned to ${name}`,
  steps: ({ orderId }) => [assign(client, orderId, to)],
  undo: {
    done: 'back with whoever had them',
    steps: ({ orderId }, recorded) =>
      recorded.flatMap((event) => (event.type === 'OrderAssigned' ? [assign(client, orderId, event.from)] : [])),
  },
});

export const holdJob = (client: Client, reason: string): BulkJob => ({
  done: `on hold: ${reason}`,
  steps: ({ orderId }) => [hold(client, orderId, reason)],
  undo: {
    done: 'no longer on this hold',
    steps: ({ orderId }, recorded) =>
      recorded.flatMap((event) => (event.type === 'OrderHoldPlaced' ? [release(client, orderId, event.holdId)] : [])),
  },
});

/**
 * Releases every hold of an order; which there are is read first, since a line of the list knows only the reasons. Undo
 * places them again, for the same reasons.
 */
export const releaseJob = (client: Client): BulkJob => {
  const reasons = new Map<string, string>();
  return {
    done: 'released',
    steps: async ({ orderId }) => {
      const read = await client.support.order.get.query({ orderId });
      const order = read?.waybill.order;
      if (!order || order.status === 'absent') return [];
      for (const [holdId, reason] of Object.entries(order.holds)) reasons.set(holdId, reason);
      return Object.keys(order.holds).map((holdId) => release(client, orderId, holdId));
    },
    undo: {
      done: 'on hold again',
      steps: ({ orderId }, recorded) =>
        recorded.flatMap((event) => {
          const reason = event.type === 'OrderHoldReleased' ? reasons.get(event.holdId) : undefined;
          return reason === undefined ? [] : [hold(client, orderId, reason)];
        }),
    },
  };
};

export const cancelJob = (client: Client, input: { readonly reason: string; readonly restock: boolean }): BulkJob => ({
  done: 'canceled',
  steps: ({ orderId }) => [
    {
      command: { type: 'CancelOrder', orderId, ...input },
      send: (identity) => client.support.order.cancel.mutate({ orderId, ...input, ...identity }),
    },
  ],
});
