// Counts and rates as people read them. A rate is never shown without what it is a rate of.
export interface Rate {
  numerator: number;
  denominator: number;
}

// What the browser has for this takes its tables of all languages with it, on the way to the first
// page.
const inThrees = (digits: string) => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** 1,234, and of what is not whole three decimals: 1,234.568 */
export function count(value: number): string {
  const [whole = '', decimals] = String(Math.round(value * 1000) / 1000).split('.');
  return inThrees(whole) + (decimals ? `.${decimals}` : '');
}

/** Whole fen as yuan: "12,345.60" */
export function yuan(fen: number): string {
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${inThrees(digits.slice(0, -2))}.${digits.slice(-2)}`;
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
