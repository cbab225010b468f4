import type { EventType } from '../events/registry.ts';
import type { WaybillCommand } from './decide.ts';

/**
 * Per command: which events of others, since the version that the person looked at, make it a conflict. A command
 * not hindered by any of them is decided again on the newest state (design, section 8). Notes, tags and
 * mails never conflict.
 */
export const conflictsWith = {
  CreateDraftOrder: [],
  // Whoever looks at other goods or another price writes, or agrees to, something else.
  ReviseDraftOrder: ['DraftOrderRevised', 'DraftOrderDiscarded', 'OrderPlaced'],
  PlaceDraftOrder: ['DraftOrderRevised', 'DraftOrderDiscarded', 'OrderPlaced'],
  DiscardDraftOrder: ['DraftOrderRevised', 'OrderPlaced'],
  PlaceOrder: [],
  ConfirmOrder: [],
  RejectOrder: [],
  PlaceHold: [],
  ReleaseHold: [],
  AddNote: [],
  RecordNotification: [],
  TagOrder: [],
  UntagOrder: [],
  // The last one who takes an order has it; who had it before is told in the event.
  AssignOrder: [],
  CancelOrder: ['PickingStarted', 'OrderCanceled'],
  CompleteOrder: [],
  // Whoever looks at other lines, prices or addresses decides something else.
  RequestAmendment: ['AmendmentRequested', 'OrderAmended', 'OrderLinesCanceled', 'OrderCanceled', 'PickingStarted'],
  CompleteAmendment: [],
  DeclineAmendment: [],
  CancelLines: ['AmendmentRequested', 'OrderAmended', 'OrderLinesCanceled', 'OrderCanceled', 'PickingStarted'],
  RequestReturn: ['ReturnRequested'],
  ApproveReturn: ['ReturnDeclined'],
  DeclineReturn: ['ReturnApproved'],
  ReceiveReturn: ['ReturnReceived'],
  InspectReturn: ['ReturnInspected'],
  RefundOrder: ['RefundRequested', 'PaymentRefunded', 'OrderCanceled'],
  ExtendFulfillment: [],
  RequestAuthorization: [],
  RequireAction: [],
  RecordAuthorization: [],
  RecordDecline: [],
  ExpireAuthorization: [],
  RequestCapture: [],
  RecordCapture: [],
  RecordCaptureFailure: [],
  RequestVoid: [],
  RecordVoid: [],
  // Two agents who refund at once should see each other, even where the money would reach for both.
  RequestRefund: ['RefundRequested', 'PaymentRefunded', 'OrderCanceled'],
  RecordRefund: [],
  RecordRefundFailure: [],
  CreateFulfillment: [],
  StartPicking: ['OrderHoldPlaced', 'OrderCanceled', 'FulfillmentCanceled', 'PickingStarted'],
  PickItem: ['FulfillmentCanceled', 'FulfillmentPacked'],
  ReportShortPick: ['FulfillmentCanceled', 'FulfillmentPacked', 'ItemPicked'],
  PackFulfillment: ['FulfillmentCanceled', 'ShortPickReported'],
  ShipFulfillment: ['FulfillmentCanceled'],
  UpdateTracking: [],
  DeliverFulfillment: [],
  FailDelivery: [],
  ResendConfirmation: [],
} as const satisfies Record<WaybillCommand['type'], readonly EventType[]>;
