import type { WaybillEvent } from '#domain/events/registry.ts';
import { isErased, type Personal } from '#domain/shared/personal.ts';
import type { ReadEvent } from './define-projection.ts';

/** The event, when it belongs to an order, a payment or a fulfillment. */
export const waybillEventOf = (recorded: ReadEvent): WaybillEvent | null =>
  // Only inventory streams have no order key, and all of theirs are inventory events.
  recorded.orderKey === null ? null : (recorded.event as WaybillEvent);

/** A personal value as a column shows it: null once it is erased. */
export const shown = <T, R>(value: Personal<T>, show: (present: T) => R): R | null =>
  isErased(value) ? null : show(value as T);

/** The UTC day of an instant, `2026-11-21`. */
export const utcDay = (instant: string): string => instant.slice(0, 10);
