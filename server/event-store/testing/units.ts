import { randomUUID } from 'node:crypto';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { OrderPlaced } from '#domain/order/events.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { beginning } from '#domain/shared/store-position.ts';
import type { AppendCommand, AppendUnit } from '../append-unit.ts';

// Ids are branded; a test may make them of anything.
const branded = <T>(event: unknown): T => event as T;

export const newSku = (): string => `SKU-${randomUUID().slice(0, 8)}`;
export const inventoryStream = (sku: string): StreamId => `inventory-${sku}`;
export const orderStream = (orderId: string): StreamId => `order-${orderId}`;

export const stockReceived = (sku: string, quantity = 1): DomainEvent =>
  branded({ type: 'StockReceived', sku, warehouse: 'PORTO', quantity });

export const orderConfirmed = (orderId: string): DomainEvent => branded({ type: 'OrderConfirmed', orderId });

export const paymentVoided = (orderId: string, paymentId: string): DomainEvent =>
  branded({ type: 'PaymentVoided', orderId, paymentId, currency: 'EUR' });

export const noteAdded = (orderId: string, subjectId: string, text: string): DomainEvent =>
  branded({ type: 'OrderNoteAdded', orderId, subjectId, noteId: randomUUID(), text, visibility: 'internal' });

export const orderPlaced = (
  orderId: string,
  person: { readonly subjectId: string; readonly name: string; readonly email: string; readonly street: string },
  lineCount = 1,
): OrderPlaced =>
  branded({
    type: 'OrderPlaced',
    orderId,
    orderNumber: 'WB-1',
    externalReference: null,
    subjectId: person.subjectId,
    customerId: null,
    tier: 'standard',
    contact: { name: person.name, email: person.email, phone: null },
    shipTo: {
      recipient: { name: person.name, street: person.street },
      postalCode: '4050-001',
      city: 'Porto',
      region: null,
      country: 'PT',
    },
    channel: 'web',
    currency: 'EUR',
    lines: Array.from({ length: lineCount }, (_, index) => ({
      lineId: `${orderId}:${index}`,
      sku: 'SKU-1',
      name: 'Thing',
      picture: null,
      hue: 10,
      bin: null,
      quantity: 1,
      unitPriceMinor: 100,
      discountMinor: 0,
      taxMinor: 19,
      totalMinor: 100,
    })),
    shippingMethod: { code: 'standard', name: 'Standard', priceMinor: 0 },
    discount: null,
    taxRateBasisPoints: 2300,
    totals: {
      linesMinor: 100 * lineCount,
      discountMinor: 0,
      shippingMinor: 0,
      taxMinor: 19 * lineCount,
      grandTotalMinor: 100 * lineCount,
    },
    paymentMethod: { kind: 'card', token: null, brand: null, last4: null },
    promise: { shipBy: '2026-01-01T00:00:00Z', deliverBy: '2026-01-03T00:00:00Z' },
    warehousesByDistance: ['PORTO'],
  });

export const command = (events: readonly DomainEvent[], over: Partial<AppendCommand> = {}): AppendCommand => {
  const commandId = over.commandId ?? randomUUID();
  return {
    commandId,
    actor: { id: 'agent-1', role: 'support' },
    bodyHmac: new Uint8Array(32).fill(1),
    correlationId: commandId,
    causationId: null,
    origin: 'live',
    occurredAt: '2026-01-01T12:00:00.000Z',
    outcome: { status: 'accepted' },
    events,
    ...over,
  };
};

export const unit = (
  expected: AppendUnit['expected'],
  commands: readonly AppendCommand[],
  readTo: AppendUnit['readTo'] = beginning,
): AppendUnit => ({ expected, commands, readTo });

/** One delivery of stock, expected at `version`. */
export const receiving = (sku: string, version: number | 'any', over: Partial<AppendCommand> = {}): AppendUnit =>
  unit([{ streamId: inventoryStream(sku), version }], [command([stockReceived(sku)], over)]);
