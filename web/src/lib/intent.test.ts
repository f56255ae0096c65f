// Keys of intended changes.
import { describe, expect, it } from 'vitest';
import { intentFor } from './intent';

describe('an intended change', () => {
  let count = 0;
  const newKey = () => `key ${(count += 1)}`;
  const first = intentFor(null, '{"text":"a"}', newKey);
  it('keeps its key when it is sent again', () => {
    expect(intentFor(first, '{"text":"a"}', newKey)).toBe(first);
  });
  it('is another once something else is said', () => {
    expect(intentFor(first, '{"text":"b"}', newKey).key).not.toBe(first.key);
  });
});
