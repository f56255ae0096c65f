// Reading lengths as the server writes them.
import { describe, expect, it } from 'vitest';
import { lengthParts } from './lengths';

describe('a length', () => {
  it('is told by its unit, and without one it is a count', () => {
    expect(lengthParts('15d')).toEqual({ unit: 'd', amount: 15 });
    expect(lengthParts('5wd')).toEqual({ unit: 'wd', amount: 5 });
    expect(lengthParts('24h')).toEqual({ unit: 'h', amount: 24 });
    expect(lengthParts('2m')).toEqual({ unit: 'm', amount: 2 });
    expect(lengthParts('3')).toEqual({ unit: 'count', amount: 3 });
  });
});
