import type { TRPCError } from '@trpc/server';
import type { InventoryRejection } from '#domain/inventory/decide.ts';
import type { WaybillRejection } from '#domain/waybill/decide.ts';
import type { ApiRejection } from './api-rejections.ts';

export type AnyRejection = WaybillRejection | InventoryRejection | ApiRejection;

/** The one table from rejections to tRPC codes: the domain knows no HTTP. */
export const rejectionCodes = {
  OrderUnknown: 'NOT_FOUND',
  OrderExists: 'CONFLICT',
  OrderEmpty: 'UNPROCESSABLE_CONTENT',
  OrderTooLarge: 'UNPROCESSABLE_CONTENT',
  LineRepeated: 'UNPROCESSABLE_CONTENT',
  TotalsWrong: 'UNPROCESSABLE_CONTENT',
  OrderClosed: 'CONFLICT',
  TooManyTags: 'UNPROCESSABLE_CONTENT',
  PickingHasStarted: 'CONFLICT',
  OrderOnHold: 'CONFLICT',
  OrderNotConfirmed: 'CONFLICT',
  OrderNotDelivered: 'CONFLICT',
  NobodyToWriteTo: 'CONFLICT',
  PaymentUnknown: 'NOT_FOUND',
  PaymentClosed: 'CONFLICT',
  AmountInvalid: 'UNPROCESSABLE_CONTENT',
  CaptureExceedsAuthorized: 'UNPROCESSABLE_CONTENT',
  CaptureUnknown: 'NOT_FOUND',
  RefundExceedsCaptured: 'UNPROCESSABLE_CONTENT',
  RefundUnknown: 'NOT_FOUND',
  PaymentTakenElsewhere: 'UNPROCESSABLE_CONTENT',
  FulfillmentUnknown: 'NOT_FOUND',
  FulfillmentNotReady: 'CONFLICT',
  FulfillmentOnHold: 'CONFLICT',
  FulfillmentExceedsOrder: 'CONFLICT',
  LineUnknown: 'NOT_FOUND',
  PickExceedsLine: 'UNPROCESSABLE_CONTENT',
  ItemsNotPicked: 'CONFLICT',
  NothingPicked: 'CONFLICT',
  SkuUnknown: 'NOT_FOUND',
  ReservationUnknown: 'NOT_FOUND',
  ReservationNotExpired: 'CONFLICT',
  AllocationUnknown: 'NOT_FOUND',
  StockInsufficient: 'CONFLICT',
  ProductUnknown: 'NOT_FOUND',
  CountryNotServed: 'UNPROCESSABLE_CONTENT',
  DiscountUnknown: 'UNPROCESSABLE_CONTENT',
  ShippingMethodUnknown: 'UNPROCESSABLE_CONTENT',
  CardInvalid: 'UNPROCESSABLE_CONTENT',
  PriceChanged: 'CONFLICT',
  WarehouseUnknown: 'NOT_FOUND',
  LinkExpired: 'FORBIDDEN',
  CommandIdReused: 'CONFLICT',
} as const satisfies Record<AnyRejection['code'], TRPCError['code']>;
