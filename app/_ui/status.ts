import {
  Ban,
  CircleCheck,
  CircleDot,
  CircleX,
  Clock,
  ClockAlert,
  Coins,
  CreditCard,
  FilePen,
  Hand,
  History,
  type LucideIcon,
  Package,
  PackageCheck,
  PackageOpen,
  PackageX,
  PencilLine,
  ShieldAlert,
  Truck,
  Undo2,
} from 'lucide-react';
import type { Tone } from './tones.ts';

/** Tone is meaning, the icon's family is the axis. */
export interface StatusLook {
  readonly icon: LucideIcon;
  readonly tone: Tone;
  readonly word: string;
}

const look = (icon: LucideIcon, tone: Tone, word: string): StatusLook => ({ icon, tone, word });

export const orderLooks = {
  draft: look(FilePen, 'calm', 'Draft'),
  discarded: look(Ban, 'calm', 'Discarded'),
  placed: look(CircleDot, 'move', 'Placed'),
  confirmed: look(CircleCheck, 'good', 'Confirmed'),
  completed: look(CircleCheck, 'good', 'Completed'),
  rejected: look(CircleX, 'bad', 'Rejected'),
  canceled: look(Ban, 'calm', 'Canceled'),
} as const;

export const paymentLooks = {
  pending: look(CreditCard, 'calm', 'Awaiting payment'),
  requires_action: look(ShieldAlert, 'hold', 'Needs bank check'),
  authorized: look(CreditCard, 'move', 'Authorized'),
  partially_captured: look(Coins, 'move', 'Part paid'),
  captured: look(Coins, 'good', 'Paid'),
  partially_refunded: look(Undo2, 'calm', 'Part refunded'),
  refunded: look(Undo2, 'calm', 'Refunded'),
  voided: look(Ban, 'calm', 'Voided'),
  declined: look(CreditCard, 'bad', 'Declined'),
  expired: look(CreditCard, 'bad', 'Expired'),
} as const;

export const fulfillmentLooks = {
  open: look(Package, 'calm', 'Open'),
  on_hold: look(Hand, 'hold', 'On hold'),
  picking: look(PackageOpen, 'move', 'Picking'),
  packed: look(PackageOpen, 'move', 'Packed'),
  shipped: look(Truck, 'move', 'Shipped'),
  delivered: look(PackageCheck, 'good', 'Delivered'),
  delivery_failed: look(PackageX, 'bad', 'Delivery failed'),
  canceled: look(Ban, 'calm', 'Canceled'),
} as const;

/** What may stand on a badge beside the three axes. */
export const markLooks = {
  late: look(ClockAlert, 'bad', 'Late'),
  at_risk: look(Clock, 'hold', 'At risk'),
  hold: look(Hand, 'hold', 'On hold'),
  pending: look(PencilLine, 'pencil', 'Pending'),
  stale: look(History, 'stale', 'Stale'),
} as const;

export type OrderStatus = keyof typeof orderLooks;
export type PaymentStatus = keyof typeof paymentLooks;
export type FulfillmentStatus = keyof typeof fulfillmentLooks;
export type StatusMark = keyof typeof markLooks;
