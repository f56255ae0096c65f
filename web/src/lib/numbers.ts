// Counts and rates as people read them. A rate is never shown without what it is a rate of.
export interface Rate {
  numerator: number;
  denominator: number;
}

/** 1,234 */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Fen as yuan: "12,345.60" */
export function yuan(fen: number): string {
  return (fen / 100).toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
}

/** "98.7 %" to one digit, cut and not rounded up to 100 %; "—" without a denominator. */
export function percent(rate: Rate | null | undefined): string {
  if (!rate || rate.denominator === 0) return '—';
  const tenths = Math.floor((rate.numerator * 1000) / rate.denominator);
  return `${(tenths / 10).toFixed(1)}%`;
}

/** "688 / 697" */
export function fraction(rate: Rate | null | undefined): string {
  return rate ? `${count(rate.numerator)} / ${count(rate.denominator)}` : '—';
}
