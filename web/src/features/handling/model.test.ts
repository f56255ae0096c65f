// Visits beyond the first, and what a handling still lacks.
import { describe, expect, it } from 'vitest';
import type { HandlingGiven, ServiceEntry } from '../../api/shapes';
import { furtherOf, lacks, withReason } from './model';

const service: ServiceEntry = {
  service: 'lease',
  title: { 'zh-CN': '租', en: 'Lease' },
  levels: ['township'],
  units: [],
  asks: [],
  looks_up: [],
};
const given: HandlingGiven = { service: 'lease', unit: '22', day: '2019-09-09', visits: 1 };

describe('visits beyond the first', () => {
  it('have one reason each, and keep those that were chosen', () => {
    expect(furtherOf(0, [])).toEqual([]);
    expect(furtherOf(1, [{ reason: 'other' }])).toEqual([]);
    expect(furtherOf(3, [{ reason: 'other', text: '雪' }])).toEqual([
      { reason: 'other', text: '雪' },
      { reason: 'system_down' },
    ]);
  });
  it('lose what belonged to another reason', () => {
    expect(withReason('told_wrongly')).toEqual({ reason: 'told_wrongly' });
  });
});

describe('what a handling lacks', () => {
  it('is nothing once all is said', () => {
    expect(lacks(given, service)).toBeNull();
  });
  it('is a service, a unit, a day, a material with why, or words', () => {
    expect(lacks(given, undefined)).toBe('handling.lacksService');
    expect(lacks({ ...given, unit: '' }, service)).toBe('handling.lacksUnit');
    expect(lacks({ ...given, day: '' }, service)).toBe('handling.lacksDay');
    const missing = { reason: 'material_missing', material: 'id_card' } as const;
    expect(lacks({ ...given, further: [missing] }, service)).toBe('handling.lacksMaterial');
    expect(lacks({ ...given, further: [{ reason: 'other', text: ' ' }] }, service)).toBe(
      'handling.lacksWords',
    );
  });
});
