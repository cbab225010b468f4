'use client';

import { UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { useTRPCClient } from '../../_trpc/trpc.ts';
import { Avatar } from '../../_ui/avatar.tsx';
import { PickDialog, type PickItem } from '../../_ui/pick-dialog.tsx';
import { Band } from '../../_ui/states.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';
import { tellRan } from '../_order/tell-ran.ts';
import { assignJob } from '../_selection/bulk-jobs.ts';
import { countOf } from '../_selection/count-of.ts';
import type { ManyDialogProps } from './order-action.ts';
import { useAgents } from './use-agents.ts';

/** No account is called so: ids are long. */
const nobody = 'nobody';

const roleWords: Readonly<Record<string, string>> = { support: 'Support', admin: 'Administrator' };

/** The agent first, who assigns mostly to themselves; then the colleagues; then nobody. */
const useChoices = (assignee: string | null | undefined): readonly PickItem[] => {
  const { me, agents } = useAgents();
  const sorted = [...agents.filter(({ id }) => id === me), ...agents.filter(({ id }) => id !== me)];
  const people = sorted.map(({ id, name, role }) => ({
    id,
    label: id === me ? `${name} (you)` : name,
    icon: <Avatar name={name} />,
    detail: id === assignee ? 'Has it now' : roleWords[role],
    keywords: id === me ? ['me', 'mine'] : [],
  }));
  const free = { id: nobody, label: 'Nobody', icon: <UserRoundX aria-hidden="true" />, keywords: ['unassign', 'free'] };
  return assignee === null ? people : [...people, free];
};

const words = { label: 'Colleague', placeholder: 'Name', empty: 'Nobody at the desk is called that.' } as const;

const idOf = (picked: string): string | null => (picked === nobody ? null : picked);

/** Who sees to the order. */
export const AssignDialog = ({ desk, order, onClose }: OrderPartProps & { readonly onClose: () => void }) => {
  const [error, setError] = useState<string>();
  const { nameOf } = useAgents();
  const { orderNumber, assignee } = order;
  const items = useChoices(assignee);
  const assign = (picked: string) => {
    const to = idOf(picked);
    const ran = desk.assign(to);
    if (!ran.ok) return setError(ran.words);
    if (to !== assignee)
      tellRan(ran, {
        done: `${orderNumber} assigned to ${to === null ? 'nobody' : nameOf(to)}`,
        notDone: `${orderNumber} was not assigned.`,
        undo: () => desk.assign(assignee),
      });
    onClose();
  };
  return (
    <PickDialog {...words} title={`Assign ${orderNumber}`} items={items} onPick={assign} onClose={onClose}>
      {error && (
        <Band tone="bad" className="mb-3 rounded-control">
          {error}
        </Band>
      )}
    </PickDialog>
  );
};

/** Everything that is selected, to one colleague. */
export const AssignMany = ({ orders, onRun, onClose }: ManyDialogProps) => {
  const client = useTRPCClient();
  const { nameOf } = useAgents();
  const items = useChoices(undefined);
  return (
    <PickDialog
      {...words}
      title={`Assign ${countOf(orders)}`}
      items={items}
      onPick={(picked) => {
        const to = idOf(picked);
        onRun(assignJob(client, to, to === null ? null : nameOf(to)));
        onClose();
      }}
      onClose={onClose}
    />
  );
};
