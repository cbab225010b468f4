import { describe, expect, test } from 'vitest';
import type { Letter } from './letter.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';

const letter: Letter = {
  subject: 'Order WB-1 is confirmed',
  preview: '€ 5.00, with you by Thu 19 Nov.',
  heading: 'Your order is confirmed',
  orderNumber: 'WB-1',
  reached: 1,
  paragraphs: ['Thank you for your order.'],
  items: [{ quantity: 2, name: 'Teapot', amount: '€ 5.00' }],
  itemsLeftOut: 3,
  sums: [{ label: 'Total', amount: '€ 5.00', isTotal: true }],
  facts: [{ caption: 'Ships to', value: 'Ana, Porto', isCode: false }],
  action: { label: 'Follow your order', url: 'https://shop.example/orders/1?link=2.x' },
  aboutLink: 'The button opens this one order.',
};

const nasty = `<img src=x onerror="alert('1')">&amp;`;
const escapedNasty = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;';

/** Every text of the letter as an attacker would like to fill it. */
const hostile: Letter = {
  ...letter,
  subject: nasty,
  preview: nasty,
  heading: nasty,
  orderNumber: nasty,
  paragraphs: [nasty],
  items: [{ quantity: 1, name: nasty, amount: nasty }],
  sums: [{ label: nasty, amount: nasty, isTotal: false }],
  facts: [{ caption: nasty, value: nasty, isCode: true }],
  action: { label: nasty, url: `https://shop.example/"><script>alert(1)</script>` },
  aboutLink: nasty,
};

describe('a letter as HTML', () => {
  test('escapes every text that is put in, in text and in attributes', () => {
    const html = renderHtml(hostile);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('<script');
    // Thirteen texts, each as it was given and as nothing else.
    expect(html.split(escapedNasty)).toHaveLength(14);
    expect(html).toContain('href="https://shop.example/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
  });
  test('drops control characters, which break mail programs', () => {
    expect(renderHtml({ ...letter, heading: 'A\u0000\u0007\u001bB' })).toContain('>AB</h1>');
  });
  test('loads nothing from anywhere: nobody is watched reading', () => {
    const html = renderHtml(letter);
    const addresses = [...html.matchAll(/https?:\/\/[^"'\s<]+/g)].map(([address]) => address);
    expect(addresses).toEqual([letter.action.url]);
    expect(html).not.toMatch(/url\(|<img|<link|@import/);
  });
  test('draws the way solid as far as the order has come, and dashed beyond', () => {
    const count = (html: string, what: string) => html.split(what).length - 1;
    const html = renderHtml({ ...letter, reached: 3 });
    expect(html).toContain('aria-label="The order has reached: Shipped."');
    expect([count(html, 'border-top:2px solid'), count(html, 'border-top:2px dashed')]).toEqual([3, 1]);
    expect(renderHtml({ ...letter, reached: null })).not.toContain('The order has reached');
  });
  test('says how many items were left out', () => {
    expect(renderHtml(letter)).toContain('>and 3 more</td>');
  });
});

test('a letter as plain text says the same', () => {
  expect(renderText(letter)).toBe(`Your order is confirmed
Order WB-1

Thank you for your order.

  2 × Teapot, € 5.00
  and 3 more

  Total: € 5.00

Ships to: Ana, Porto

Follow your order:
https://shop.example/orders/1?link=2.x

The button opens this one order.

Waybill
`);
});
