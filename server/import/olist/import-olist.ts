import type { Database } from '#db/clients.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { ProjectionsFollowed } from '../follow-projections.ts';
import { appendInBatches } from './append-in-batches.ts';
import { createFindings, type Findings } from './findings.ts';
import { orderIdOf } from './ids.ts';
import { inspectOrder } from './inspect-order.ts';
import { mapOrder, unitOf } from './map-order.ts';
import { joinOrder, type OlistOrder } from './olist-order.ts';
import { openProgress } from './progress.ts';
import { readRows, scanFiles } from './read-csv.ts';
import { type OlistTables, readTables } from './read-tables.ts';
import { compareTotals, type ImportReport } from './report.ts';
import { readStoredTotals } from './stored-totals.ts';

export type ImportPhase = 'reading' | 'appending' | 'projecting' | 'validating';

export type ImportOptions = {
  readonly sql: Database;
  readonly store: Pick<EventStore, 'append'>;
  /** Holds the seven files. */
  readonly folder: string;
  readonly batchOrdersMax?: number;
  readonly inFlightMax?: number;
  /** Waited for between batches: whoever serves people at the same time goes first. */
  readonly untilWelcome?: () => Promise<void>;
  /** Waits for the projections; left out where nobody drives them. */
  readonly untilProjected?: () => Promise<ProjectionsFollowed>;
  /** `ordersMost` is about how many there are; `events` are those that this run has appended. */
  readonly onProgress?: (at: {
    readonly phase: ImportPhase;
    readonly orders: number;
    readonly ordersMost: number;
    readonly events: number;
  }) => void;
};

const seconds = (sinceMs: number): number => (performance.now() - sinceMs) / 1_000;

const orderNumberOf = ({ rowNumber }: OlistOrder): string => `BR-${String(rowNumber).padStart(6, '0')}`;

/** What belongs to orders that the orders file doesn't have. */
const findOrphans = ({ items, payments }: OlistTables, findings: Findings): void => {
  for (const [orderId, rows] of items)
    for (const { itemId } of rows) findings.add({ kind: 'item-of-no-order', detail: `Line ${itemId}` }, orderId, null);
  for (const [orderId, rows] of payments)
    for (const { sequential } of rows)
      findings.add({ kind: 'payment-of-no-order', detail: `Payment ${sequential}` }, orderId, null);
};

/**
 * Appends Olist's orders as events of origin `import`, and validates that all of them are there. Killed at any moment
 * and started again it goes on, and doubles nothing. Throws `OlistError` where the files can't be read.
 */
export const importOlist = async (options: ImportOptions): Promise<ImportReport> => {
  const { sql, store, folder, batchOrdersMax = 80, inFlightMax = 3, onProgress } = options;
  const startedMs = performance.now();
  const { fingerprint, orders: ordersMost } = await scanFiles(folder);
  const progress = await openProgress(sql, fingerprint);
  const tables = await readTables(folder);
  const readSeconds = seconds(startedMs);

  const findings = createFindings();
  const eventsByType: Record<string, number> = {};
  const orderKeys = new Set<string>();
  let eventsAppended = 0;
  let rowsRead = 0;
  const report = (phase: ImportPhase) => onProgress?.({ phase, orders: rowsRead, ordersMost, events: eventsAppended });
  report('reading');

  const appendingMs = performance.now();
  const batches = appendInBatches({
    store,
    batchOrdersMax,
    inFlightMax,
    ...(options.untilWelcome ? { untilWelcome: options.untilWelcome } : {}),
    onAppended: (newEvents, rowsDone) => {
      eventsAppended += newEvents;
      if (rowsDone > 0) progress.moveTo(rowsDone);
      report('appending');
    },
  });
  await readRows(folder, 'olist_orders_dataset', (row, rowNumber) => {
    rowsRead = rowNumber;
    const orderKey = orderIdOf(row.order_id);
    if (orderKeys.has(orderKey)) {
      findings.add({ kind: 'order-repeated', detail: `Row ${rowNumber}` }, row.order_id, null);
      return undefined;
    }
    orderKeys.add(orderKey);
    const order = joinOrder(row, rowNumber, tables);
    const found = inspectOrder(order);
    for (const finding of found) findings.add(finding, order.orderId, orderNumberOf(order));
    const steps = mapOrder(order, found);
    for (const { events } of steps) for (const { type } of events) eventsByType[type] = (eventsByType[type] ?? 0) + 1;
    return rowNumber <= progress.ordersDone ? undefined : batches.add(unitOf(order, steps), rowNumber);
  });
  await batches.finish();
  await progress.flush();
  const appendSeconds = seconds(appendingMs);
  findOrphans(tables, findings);

  report('projecting');
  const followed = (await options.untilProjected?.()) ?? null;
  report('validating');
  const validatingMs = performance.now();
  const stored = await readStoredTotals(sql, [...orderKeys]);
  const checks = compareTotals({ ...tables.totals, orders: orderKeys.size, eventsByType }, stored);
  const isComplete = checks.every(({ isEqual }) => isEqual);
  if (isComplete) await progress.validated();
  return {
    isComplete,
    source: { folder, fingerprint },
    checks,
    inconsistencies: findings.list(),
    eventsByType: stored.eventsByType,
    projections: followed,
    run: {
      ordersSkipped: progress.ordersDone,
      eventsAppended,
      readSeconds,
      appendSeconds,
      validateSeconds: seconds(validatingMs),
      totalSeconds: seconds(startedMs),
      eventsPerSecond: Math.round(eventsAppended / appendSeconds),
      eventsProjectedPerSecond: followed?.areCaughtUp
        ? Math.round(eventsAppended / (appendSeconds + followed.secondsBehind))
        : null,
      peakMemoryMb: Math.round(process.resourceUsage().maxRSS / 1_000),
    },
  };
};
