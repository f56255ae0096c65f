// Item numbers that are typed in one line.
import { expect, test } from 'vitest';
import { readItems } from './fields';

test('item numbers are parted by spaces and commas of both kinds', () => {
  const read = readItems('opened', ' 7K3M-Q9XD-4，3jz9-j6gm-q ');
  expect(read.list).toHaveLength(2);
  expect(read.faults).toEqual([]);
});

test('what is no item number is said beside its field', () => {
  expect(readItems('checked', '7K3M-Q9XD-4 nonsense').faults).toEqual([
    { field: 'checked', word: 'form.faultItemNo' },
  ]);
  expect(readItems('checked', '').faults).toEqual([]);
});
