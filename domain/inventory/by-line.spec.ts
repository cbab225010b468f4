import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineIdOf } from '../shared/ids.builders.ts';
import { allLines, type ByLine, lineIn, withLine, withoutLine } from './by-line.ts';

const changes = fc.array(
  fc.record({ line: fc.integer({ min: 1, max: 600 }).map(lineIdOf), value: fc.option(fc.nat({ max: 9 })) }),
  { minLength: 50, maxLength: 300 },
);

test('answers as one flat map would, after any sets and removals', () => {
  fc.assert(
    fc.property(changes, (sequence) => {
      const flat = new Map<string, number>();
      let lines: ByLine<number> = {};
      for (const { line, value } of sequence) {
        lines = value === null ? withoutLine(lines, line) : withLine(lines, line, value);
        if (value === null) flat.delete(line);
        else flat.set(line, value);
      }
      for (const { line } of sequence) expect(lineIn(lines, line)).toBe(flat.get(line));
      expect(allLines(lines).toSorted()).toEqual([...flat.values()].toSorted());
    }),
    { numRuns: 50, seed: 20_261_114 },
  );
});

test('the same lines are the same JSON, whatever came and went before', () => {
  const kept = withLine({}, lineIdOf(1), 'kept');
  expect(withoutLine(withLine(kept, lineIdOf(2), 'gone'), lineIdOf(2))).toEqual(kept);
  expect(withoutLine(kept, lineIdOf(1))).toEqual({});
  expect(withoutLine({}, lineIdOf(1))).toEqual({});
});

test('a line keeps its place for ever: snapshots hold it', () => {
  expect(withLine(withLine({}, lineIdOf(1), 1), lineIdOf(2), 2)).toEqual({
    bd: { b1: { b4: { 'line-1': 1 } } },
    b4: { b6: { bf: { 'line-2': 2 } } },
  });
});

test('a change leaves all other branches the same objects', () => {
  const before = withLine(withLine({}, lineIdOf(1), 1), lineIdOf(2), 2);
  const after = withLine(before, lineIdOf(1), 3);
  const shared = Object.keys(before).filter((branch) => before[branch] === after[branch]);
  expect(shared).toHaveLength(1);
});
