import type { Letter } from './letter.ts';

const itemsOf = ({ items, itemsLeftOut }: Letter): readonly string[] => [
  ...items.map(({ quantity, name, amount }) => `  ${quantity} × ${name}${amount === null ? '' : `, ${amount}`}`),
  ...(itemsLeftOut > 0 ? [`  and ${itemsLeftOut} more`] : []),
];

/** A letter as plain text, for who reads mail without HTML. */
export const renderText = (letter: Letter): string => {
  const { heading, orderNumber, paragraphs, sums, facts, action, aboutLink } = letter;
  const blocks = [
    [heading, `Order ${orderNumber}`],
    ...paragraphs.map((paragraph) => [paragraph]),
    itemsOf(letter),
    sums.map(({ label, amount }) => `  ${label}: ${amount}`),
    facts.map(({ caption, value }) => `${caption}: ${value}`),
    [`${action.label}:`, action.url],
    [aboutLink],
    ['Waybill'],
  ];
  const text = blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
  return `${text}\n`;
};
