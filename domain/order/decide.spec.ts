import { describe, test } from 'vitest';
import { candle, lineIdOf, orderId, uuid } from '../shared/ids.builders.ts';
import { erased } from '../shared/personal.ts';
import { specificationOf } from '../shared/spec.ts';
import { decide, type RecordNotification, type ResendConfirmation } from './decide.ts';
import { evolve } from './evolve.ts';
import {
  addNote,
  assigned,
  holdPlaced,
  holdReleased,
  lineOf,
  noteAdded,
  notificationRequested,
  notificationSent,
  orderCanceled,
  orderCompleted,
  orderConfirmed,
  orderPlaced,
  orderRejected,
  placeHold,
  placeOrder,
  tagged,
  untagged,
} from './order.builders.ts';
import { absentOrder } from './state.ts';

const given = specificationOf({ decide, evolve, initial: absentOrder });

describe('placing an order', () => {
  test('takes down everything that was ordered', () => {
    given().when(placeOrder()).thenEvents(orderPlaced());
  });
  test('is refused the second time: an order id is placed once', () => {
    given(orderPlaced()).when(placeOrder()).thenRejected({ code: 'OrderExists' });
  });
  test('is refused without a line', () => {
    given()
      .when({ ...placeOrder(), lines: [] })
      .thenRejected({ code: 'OrderEmpty' });
  });
  test('is refused with 2,001 lines, and says how many may be', () => {
    const lines = Array.from({ length: 2_001 }, (_, index) => lineOf(index, candle, 1, 100));
    given().when(placeOrder({ lines })).thenRejected({ code: 'OrderTooLarge', lines: 2_001, most: 2_000 });
  });
  test('takes 2,000 lines', () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => lineOf(index, candle, 1, 100));
    given().when(placeOrder({ lines })).thenEvents(orderPlaced({ lines }));
  });
  test('is refused when two lines share an id, since stock is reserved by it', () => {
    const lines = [lineOf(1, candle, 1, 100), lineOf(2, candle, 1, 100), lineOf(1, candle, 1, 100)];
    given()
      .when(placeOrder({ lines }))
      .thenRejected({ code: 'LineRepeated', lineId: lineIdOf(1) });
  });
  test('is refused when its sums are not true', () => {
    const { totals, ...command } = placeOrder();
    given()
      .when({ ...command, totals: { ...totals, grandTotalMinor: totals.grandTotalMinor - 1 } })
      .thenRejected({ code: 'TotalsWrong' });
  });
});

const confirm = { type: 'ConfirmOrder', orderId } as const;

describe('confirming', () => {
  test('confirms a placed order', () => {
    given(orderPlaced()).when(confirm).thenEvents(orderConfirmed);
  });
  test('changes nothing the second time, nor after completion', () => {
    given(orderPlaced(), orderConfirmed).when(confirm).thenNothing();
    given(orderPlaced(), orderConfirmed, orderCompleted).when(confirm).thenNothing();
  });
  test('is refused for an order that was rejected or canceled', () => {
    given(orderPlaced(), orderRejected).when(confirm).thenRejected({ code: 'OrderClosed', status: 'rejected' });
    given(orderPlaced(), orderCanceled()).when(confirm).thenRejected({ code: 'OrderClosed', status: 'canceled' });
  });
  test('is refused for an order that nobody placed', () => {
    given().when(confirm).thenRejected({ code: 'OrderUnknown' });
  });
});

describe('rejecting', () => {
  const reject = { type: 'RejectOrder', orderId, reason: orderRejected.reason } as const;

  test('rejects a placed order with the reason', () => {
    given(orderPlaced()).when(reject).thenEvents(orderRejected);
  });
  test('names the lines that were sold out', () => {
    const reason = {
      code: 'SoldOut' as const,
      lines: [{ lineId: lineIdOf(1), sku: candle, requested: 2, available: 1 }],
    };
    given(orderPlaced())
      .when({ ...reject, reason })
      .thenEvents({ type: 'OrderRejected', orderId, reason });
  });
  test('changes nothing the second time', () => {
    given(orderPlaced(), orderRejected).when(reject).thenNothing();
  });
  test('is refused once the order is confirmed', () => {
    given(orderPlaced(), orderConfirmed).when(reject).thenRejected({ code: 'OrderClosed', status: 'confirmed' });
  });
});

describe('holds', () => {
  const release = { type: 'ReleaseHold', orderId, holdId: uuid(1) } as const;

  test('are placed with a reason, on placed and on confirmed orders', () => {
    given(orderPlaced()).when(placeHold()).thenEvents(holdPlaced());
    given(orderPlaced(), orderConfirmed).when(placeHold()).thenEvents(holdPlaced());
  });
  test('are a set: a second one stands beside the first, the same one changes nothing', () => {
    given(orderPlaced(), holdPlaced(1)).when(placeHold(2, 'Fraud check')).thenEvents(holdPlaced(2, 'Fraud check'));
    given(orderPlaced(), holdPlaced(1)).when(placeHold(1)).thenNothing();
  });
  test('are refused on an order that is over', () => {
    given(orderPlaced(), orderCanceled()).when(placeHold()).thenRejected({ code: 'OrderClosed', status: 'canceled' });
  });
  test('are released one by one, and once', () => {
    given(orderPlaced(), holdPlaced(1), holdPlaced(2)).when(release).thenEvents(holdReleased(1));
    given(orderPlaced(), holdPlaced(1), holdReleased(1)).when(release).thenNothing();
  });
});

describe('notes', () => {
  test('are added to an order in any state', () => {
    for (const events of [[], [orderConfirmed], [orderRejected], [orderCanceled()]])
      given(orderPlaced(), ...events)
        .when(addNote())
        .thenEvents(noteAdded());
  });
  test('are added once, even after their text was erased', () => {
    given(orderPlaced(), noteAdded()).when(addNote()).thenNothing();
    given(orderPlaced(), noteAdded({ text: erased }))
      .when(addNote())
      .thenNothing();
  });
});

describe('mails that went out', () => {
  const record = (number: number): RecordNotification => ({
    type: 'RecordNotification',
    orderId,
    notificationId: uuid(number),
    template: 'order-shipped',
  });

  test('are taken down once each', () => {
    given(orderPlaced()).when(record(1)).thenEvents(notificationSent(1));
    given(orderPlaced(), notificationSent(1)).when(record(1)).thenNothing();
  });
  test('may be of one kind twice: two parcels are two shipping notices', () => {
    given(orderPlaced(), notificationSent(1)).when(record(2)).thenEvents(notificationSent(2));
  });
  test('are not taken down for an erased person, who has no address', () => {
    given(orderPlaced({}, { contact: erased }))
      .when(record(1))
      .thenNothing();
  });
});

describe('tags', () => {
  const tag = { type: 'TagOrder', orderId, tag: 'vip' } as const;
  const untag = { type: 'UntagOrder', orderId, tag: 'vip' } as const;
  test('are put on once', () => {
    given(orderPlaced()).when(tag).thenEvents(tagged());
    given(orderPlaced(), tagged()).when(tag).thenNothing();
  });
  test('are taken off once', () => {
    given(orderPlaced(), tagged()).when(untag).thenEvents(untagged());
    given(orderPlaced()).when(untag).thenNothing();
  });
  test('may be put on an order in any state', () => {
    given(orderPlaced(), orderConfirmed, orderCompleted).when(tag).thenEvents(tagged());
  });
  test('are refused after thirty', () => {
    const thirty = Array.from({ length: 30 }, (_, index) => tagged(`tag-${index}`));
    given(orderPlaced(), ...thirty)
      .when(tag)
      .thenRejected({ code: 'TooManyTags', most: 30 });
  });
});

describe('assigning', () => {
  const assign = (to: string | null) => ({ type: 'AssignOrder', orderId, to }) as const;
  test('says who had it before', () => {
    given(orderPlaced()).when(assign('ines')).thenEvents(assigned('ines'));
    given(orderPlaced(), assigned('ines')).when(assign('tom')).thenEvents(assigned('tom', 'ines'));
  });
  test('to nobody gives it back', () => {
    given(orderPlaced(), assigned('ines')).when(assign(null)).thenEvents(assigned(null, 'ines'));
  });
  test('to whom it is assigned already changes nothing', () => {
    given(orderPlaced(), assigned('ines')).when(assign('ines')).thenNothing();
    given(orderPlaced()).when(assign(null)).thenNothing();
  });
});

describe('sending the confirmation again', () => {
  const resend: ResendConfirmation = { type: 'ResendConfirmation', orderId, notificationId: uuid(2) };

  test('asks for a mail under an id of its own, while the order stands', () => {
    given(orderPlaced(), orderConfirmed).when(resend).thenEvents(notificationRequested(2));
    given(orderPlaced(), orderConfirmed, orderCompleted).when(resend).thenEvents(notificationRequested(2));
  });
  test('asks for nothing when that very mail was asked for, or has gone out', () => {
    given(orderPlaced(), orderConfirmed, notificationRequested(2)).when(resend).thenNothing();
    given(orderPlaced(), orderConfirmed, notificationSent(2)).when(resend).thenNothing();
  });
  test('is refused before there is anything to confirm, and after the order came to nothing', () => {
    given(orderPlaced()).when(resend).thenRejected({ code: 'OrderNotConfirmed' });
    given(orderPlaced(), orderRejected).when(resend).thenRejected({ code: 'OrderClosed', status: 'rejected' });
    given(orderPlaced(), orderConfirmed, orderCanceled())
      .when(resend)
      .thenRejected({ code: 'OrderClosed', status: 'canceled' });
  });
  test('is refused when the person was erased', () => {
    given(orderPlaced({}, { contact: erased }), orderConfirmed)
      .when(resend)
      .thenRejected({ code: 'NobodyToWriteTo' });
  });
});
