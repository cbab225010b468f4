import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import type { useTRPCClient } from '../../_trpc/trpc.ts';
import type { DeskOrder } from '../_desk/desk-types.ts';
import type { OrderPartProps } from '../_order/order-part.ts';
import type { BulkJob } from '../_selection/bulk-run.ts';

export interface ManyDialogProps {
  readonly orders: readonly DeskOrder[];
  readonly onRun: (job: BulkJob) => void;
  readonly onClose: () => void;
}

/** The action on the selected orders. */
export type ManyAction = {
  /** False: another action with the same key is meant, such as hold instead of release. */
  readonly applies?: (orders: readonly DeskOrder[]) => boolean;
  /** Asks for what it needs; where nothing can be undone, for confirmation. */
  readonly Dialog?: ComponentType<ManyDialogProps>;
  /** What to do at once, where nothing has to be asked. */
  readonly job?: (client: ReturnType<typeof useTRPCClient>) => BulkJob;
};

/**
 * What an agent can do with an order. Keys, header, menu, palette, bulk bar and the list of keys are all drawn from
 * these.
 */
export type OrderAction = {
  /** Also what colleagues are told that somebody is doing: letters and hyphens. */
  readonly id: string;
  readonly label: string;
  /** Where the order's state gives it another name. */
  readonly labelOn?: (on: OrderPartProps) => string;
  /** In the list of keys: "Hold the order". */
  readonly does: string;
  /** One letter. Several actions may share one: the first that applies has it. */
  readonly key?: string;
  readonly icon: LucideIcon;
  /** `button`: in the header; `menu`: behind its dots. */
  readonly place: 'button' | 'menu';
  readonly isDangerous?: true;
  /** Further words that find it in the palette. */
  readonly keywords: readonly string[];
  /** What a colleague reads while its dialog is open: "is writing a refund". */
  readonly doing: string;
  /** `only`: on drafts alone. `too`: on drafts as on orders. Without it never on a draft, which is no order yet. */
  readonly draft?: 'only' | 'too';
  /** False: it makes no sense on this order, and is not drawn. */
  readonly applies?: (on: OrderPartProps) => boolean;
  /** Why it can't be done now, in words; null when it can. Asks the decider. */
  readonly whyNot: (on: OrderPartProps) => string | null;
  /** Its dialog says at more length why not, so it opens all the same. */
  readonly explainsItself?: true;
  readonly Dialog?: ComponentType<OrderPartProps & { readonly onClose: () => void }>;
  /** What to do at once, where nothing has to be asked. */
  readonly run?: (on: OrderPartProps) => void;
  readonly many?: ManyAction;
};

export const appliesTo = (action: OrderAction, on: OrderPartProps): boolean => {
  const { status } = on.order;
  const isDraft = status === 'draft' || status === 'discarded';
  if (isDraft ? action.draft === undefined : action.draft === 'only') return false;
  return action.applies?.(on) ?? true;
};

export const labelOf = (action: OrderAction, on: OrderPartProps): string => action.labelOn?.(on) ?? action.label;

/** Of the actions that share a key, the first that applies. */
export const withKey = <Action extends Pick<OrderAction, 'key'>>(
  actions: readonly Action[],
  key: string,
  applies: (action: Action) => boolean,
): Action | undefined => actions.find((action) => action.key === key && applies(action));
