// What a row of verdicts shows: counts always, shares only where enough answered.
import type { KindVerdicts, ToldRate, UnitVerdicts } from '../../api/shapes';

export type Asked = 'solved' | 'satisfied';
export const ASKED: Asked[] = ['solved', 'satisfied'];

/** Kinds of which somebody was asked or something was closed, as the unit's own rows name them. */
export function kindsShown(page: UnitVerdicts): KindVerdicts[] {
  return page.rows.filter((row) => row.asked > 0 || row.closed > 0);
}

export function kindIn(rows: KindVerdicts[], kind: string): KindVerdicts | null {
  return rows.find((row) => row.kind === kind) ?? null;
}

/** Nobody answered; some did and it is not shown what; it is shown but not compared; all of it. */
export type Telling = 'nothing' | 'hidden' | 'counts' | 'share';
export function tellingOf(share: ToldRate): Telling {
  if (share.hidden) return 'hidden';
  if (!share.after) return 'nothing';
  return share.few ? 'counts' : 'share';
}

/** Verdicts that an exclusion or a finding took out of the rate; none where that is not told. */
export function takenOut(share: ToldRate): number {
  if (!share.before || !share.after) return 0;
  return share.before.denominator - share.after.denominator;
}
