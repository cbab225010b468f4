import { expect, test } from 'vitest';
import { senderOf, smtpServerOf } from './smtp-settings.ts';

test('reads the server of an address, with the usual port where none is given', () => {
  expect(smtpServerOf('smtp://ana:p%40ss@mail.example:2525')).toEqual({
    host: 'mail.example',
    port: 2525,
    secure: false,
    auth: { user: 'ana', pass: 'p@ss' },
  });
  expect(smtpServerOf('smtp://mail.example')).toMatchObject({ port: 587, secure: false, auth: null });
  expect(smtpServerOf('smtps://[::1]/')).toMatchObject({ host: '::1', port: 465, secure: true });
});

test.each([
  'mail.example',
  'http://mail.example',
  'smtp://',
  'smtp://mail.example/in',
  'smtp://h?tls=0',
  'smtp://%zz@h',
])('is told from %s, which is no mail server', (text) => expect(smtpServerOf(text)).toBeNull());

test('reads a sender with a name and without', () => {
  expect(senderOf('Waybill Shop <orders@shop.example>')).toEqual({
    name: 'Waybill Shop',
    address: 'orders@shop.example',
  });
  expect(senderOf('"Sousa, Ana" <ana@shop.example>')).toEqual({ name: 'Sousa, Ana', address: 'ana@shop.example' });
  expect(senderOf('orders@shop.example')).toEqual({ name: 'Waybill', address: 'orders@shop.example' });
});

test.each(['orders', 'a@b@c', 'Waybill <orders>', 'a@b.c\r\nBcc: d@e.f', 'A <a@b.c>, B <d@e.f>', 'a b@c.d'])(
  'is told from %j, which is no sender',
  (text) => expect(senderOf(text)).toBeNull(),
);
