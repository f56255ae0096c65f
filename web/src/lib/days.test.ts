// Days as they are counted and written.
import { describe, expect, it } from 'vitest';
import { addDays, clockOf, dayOf, daysBetween, longDay, longInstant, shortDay } from './days';

describe('days', () => {
  it('are written as people of each language do', () => {
    expect(longDay('2019-09-08', 'zh-CN')).toBe('2019年9月8日');
    expect(longDay('2019-09-08', 'en')).toBe('8 September 2019');
    expect(shortDay('2019-09-08', 'zh-CN', '2019-01-01')).toBe('9月8日');
    expect(shortDay('2019-09-08', 'en', '2020-01-01')).toBe('8 Sep 2019');
  });
  it('are counted over month and year ends and the leap day', () => {
    expect(daysBetween('2019-12-31', '2020-01-01')).toBe(1);
    expect(daysBetween('2020-02-28', '2020-03-01')).toBe(2);
    expect(daysBetween('2019-09-08', '2019-09-01')).toBe(-7);
    expect(addDays('2019-12-31', 1)).toBe('2020-01-01');
  });
  it('of an instant are those of the zone it is written in', () => {
    expect(dayOf('2019-09-08T00:30:00+08:00')).toBe('2019-09-08');
    expect(clockOf('2019-09-08T00:30:00+08:00')).toBe('00:30');
    expect(longInstant('2019-09-08T16:05:00+08:00', 'zh-CN')).toBe('2019年9月8日 16:05');
  });
});
