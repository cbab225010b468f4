import { expect, test } from 'vitest';
import { filterWords } from './filter-words.ts';
import { parseOrderQuery, tokenOf, tokensOf, valuesOf } from './order-query.ts';

const words = (field: string, values: readonly string[], negated = false) => ({
  kind: 'words',
  negated,
  field,
  values,
});
const inclusive = <Value>(value: Value) => ({ value, inclusive: true });
const exclusive = <Value>(value: Value) => ({ value, inclusive: false });
const day = 86_400_000;

test('parts filters from the words that are searched for', () => {
  expect(parseOrderQuery('payment:authorized oliv hold:any rua')).toEqual({
    filters: [words('payment', ['authorized']), words('hold', ['any'])],
    text: 'oliv rua',
    problems: [],
  });
});

test('a state that is none is answered with the likeliest ones, and narrows nothing', () => {
  expect(parseOrderQuery('payment:captred')).toEqual({
    filters: [],
    text: '',
    problems: [
      {
        token: 'payment:captred',
        words: 'payment:captred is not a state. Try captured, authorized, declined.',
        fixes: ['payment:captured', 'payment:authorized', 'payment:declined'],
      },
    ],
  });
});

test('a filter that is none is answered with those there are', () => {
  expect(parseOrderQuery('paymnt:authorized').problems[0]).toMatchObject({
    words: expect.stringMatching(/^paymnt: is not a filter\. Try payment, /),
    fixes: expect.arrayContaining(['payment:authorized']),
  });
});

test('several values mean any of them, and people’s own words are understood', () => {
  expect(parseOrderQuery('payment:paid,part-paid fulfillment:"on hold"').filters).toEqual([
    words('payment', ['captured', 'partially_captured']),
    words('fulfillment', ['on_hold']),
  ]);
});

test('a minus negates any filter, and is none before a word', () => {
  expect(parseOrderQuery('-tag:vip -total:>100 -placed:<7d -payment:voided -ana').filters).toEqual([
    words('tag', ['vip'], true),
    { kind: 'amounts', negated: true, field: 'total', bounds: { min: exclusive(100), max: null } },
    { kind: 'ages', negated: true, field: 'placed', bounds: { min: null, max: exclusive(7 * day) } },
    words('payment', ['voided'], true),
  ]);
  expect(parseOrderQuery('-ana').text).toBe('-ana');
});

test('amounts are compared, or lie in a range that may be open', () => {
  const bounds = (text: string) => {
    const [filter] = parseOrderQuery(`total:${text}`).filters;
    return filter?.kind === 'amounts' ? filter.bounds : null;
  };
  expect(bounds('>100')).toEqual({ min: exclusive(100), max: null });
  expect(bounds('>=99.50')).toEqual({ min: inclusive(99.5), max: null });
  expect(bounds('<1,000')).toEqual({ min: null, max: exclusive(1000) });
  expect(bounds('<=50')).toEqual({ min: null, max: inclusive(50) });
  expect(bounds('10..50')).toEqual({ min: inclusive(10), max: inclusive(50) });
  expect(bounds('10..')).toEqual({ min: inclusive(10), max: null });
  expect(bounds('42')).toEqual({ min: inclusive(42), max: inclusive(42) });
});

test('times are ages or days', () => {
  const filter = (text: string) => parseOrderQuery(`placed:${text}`).filters[0];
  const ages = (bounds: object) => ({ kind: 'ages', negated: false, field: 'placed', bounds });
  const days = (bounds: object) => ({ kind: 'days', negated: false, field: 'placed', bounds });
  expect(filter('>7d')).toEqual(ages({ min: exclusive(7 * day), max: null }));
  expect(filter('<24h')).toEqual(ages({ min: null, max: exclusive(day) }));
  expect(filter('1w..2w')).toEqual(ages({ min: inclusive(7 * day), max: inclusive(14 * day) }));
  expect(filter('2026-11-01')).toEqual(days({ min: inclusive('2026-11-01'), max: inclusive('2026-11-01') }));
  expect(filter('2026-11-01..2026-11-07')).toEqual(
    days({ min: inclusive('2026-11-01'), max: inclusive('2026-11-07') }),
  );
  expect(filter('yesterday')).toEqual(days({ min: inclusive('yesterday'), max: inclusive('yesterday') }));
});

test.each([
  ['total:lots', 'total:lots is not an amount. Try total:>100, total:<=50, total:10..50.'],
  ['total:50..10', 'total:50..10 runs backwards. Try total:>100, total:<=50, total:10..50.'],
  ['total:', 'Say which: total:>100, total:<=50, total:10..50.'],
  ['placed:2026-02-31', 'placed:2026-02-31 is not a time. Try placed:<7d, placed:>24h, placed:2026-11-01.'],
  ['placed:7d', 'placed:7d is not a time. Try placed:<7d, placed:>24h, placed:2026-11-01.'],
  ['shipby:>7d', 'shipby:>7d is not a day. Try shipby:today, shipby:<=tomorrow, shipby:2026-11-01.'],
  ['country:portugal', 'country:portugal is not a country of two letters. Try PT, DE, FR.'],
  ['payment:', 'Say which: payment:captured, payment:authorized, payment:declined.'],
])('%s narrows nothing, and says what is possible', (token, said) => {
  const { filters, problems } = parseOrderQuery(token);
  expect(filters).toEqual([]);
  expect(problems.map((problem) => problem.words)).toEqual([said]);
});

test('every fix that is offered is understood', () => {
  for (const token of [
    'total:lots',
    '-placed:7x',
    'shipby:>7d',
    'payment:captred',
    'status:',
    'total:',
    '-total:2..1',
    'return:requested',
    'stats:',
    '-asignee:vip',
  ])
    for (const fix of parseOrderQuery(token).problems.flatMap(({ fixes }) => fixes))
      expect(parseOrderQuery(fix).problems, fix).toEqual([]);
});

test('where it is known who there is, a name that is nobody’s says so', () => {
  const known = { assignee: ['Inês Sousa', 'Ana Kiss'] };
  expect(parseOrderQuery('assignee:ines assignee:me assignee:"ana kiss"', known).filters).toEqual([
    words('assignee', ['ines']),
    words('assignee', ['me']),
    words('assignee', ['ana kiss']),
  ]);
  expect(parseOrderQuery('assignee:bob', known).problems[0]?.words).toMatch(
    /^assignee:bob is not a name at the desk\. Try /,
  );
  expect(parseOrderQuery('assignee:bob').problems).toEqual([]);
  expect(valuesOf('assignee', known)).toEqual(['me', 'none', 'Inês Sousa', 'Ana Kiss']);
});

test('quotes keep words together, also while they are still open', () => {
  expect(tokensOf('hold:"address check" "rua das')).toEqual(['hold:"address check"', '"rua das']);
  expect(tokenOf({ negated: true, field: 'hold', value: 'address check' })).toBe('-hold:"address check"');
});

test('what stands around a pasted number is no part of it', () => {
  expect(parseOrderQuery('(#WB-48213), <marta@mail.example>;').text).toBe('WB-48213 marta@mail.example');
});

test('a colon within a word makes no filter', () => {
  expect(parseOrderQuery('12:30').text).toBe('12:30');
});

test.each([
  ['placed:<7d', 'placed', 'last 7 days'],
  ['placed:>24h', 'placed', 'over 1 day ago'],
  ['placed:3d..9d', 'placed', '3 days to 9 days ago'],
  ['placed:>=2026-11-01', 'placed', 'since 2026-11-01'],
  ['-fulfillment:on_hold', 'fulfillment', 'not on hold'],
  ['total:10..50', 'total', '10 to 50'],
  ['shipby:<=tomorrow', 'ship by', 'up to tomorrow'],
  ['country:pt', 'country', 'PT'],
  ['payment:captred', 'payment', 'captred'],
])('%s is a chip in words', (token, name, value) => {
  expect(filterWords(token)).toEqual({ name, value });
});
