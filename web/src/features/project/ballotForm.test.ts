// Candidates as a clerk pastes them from a table.
import { expect, test } from 'vitest';
import { readCandidates } from './ballotForm';

test('a line a candidate, parted by tabs, spaces or commas', () => {
  const read = readCandidates('3JZ9-J6GM-Q\t40\t2\t1\n\n3JZ9-J6GM-Q,30,10,3');
  expect(read.faults).toEqual([]);
  expect(read.list).toEqual([
    { item: '3JZ9-J6GM-Q', for: 40, against: 2, abstained: 1 },
    { item: '3JZ9-J6GM-Q', for: 30, against: 10, abstained: 3 },
  ]);
});

test('a line that is none is named', () => {
  expect(readCandidates('3JZ9-J6GM-Q 40 2').faults).toHaveLength(1);
  expect(readCandidates('3JZ9-J6GM-Q 40 2 -1').faults).toHaveLength(1);
  expect(readCandidates('abc 1 2 3').faults[0]?.facts).toEqual({ line: 'abc' });
});
