// What the article of September 2019 says, row by row, and what went wrong in the demonstration.
import type { Key } from '../../locales';
import type { Count, Figure } from './figures';

export interface Row {
  row: number;
  says: Key;
  /** What the demonstration does not play yet. */
  lacks?: Key;
}

/** Something that went wrong in the demonstration, where it can be seen. */
export interface Trouble {
  says: Key;
  unit: string;
  figure: Figure;
}

/** The community that the first way through the ledger ends at. */
export const FIRST_WAY_TO = '220204006001';

export const ROWS: Row[] = [
  { row: 1, says: 'home.row1' },
  { row: 2, says: 'home.row2' },
  { row: 3, says: 'home.row3' },
  { row: 4, says: 'home.row4' },
  { row: 5, says: 'home.row5' },
  { row: 6, says: 'home.row6' },
  { row: 7, says: 'home.row7' },
  { row: 8, says: 'home.row8' },
  { row: 9, says: 'home.row9' },
  { row: 10, says: 'home.row10' },
  { row: 11, says: 'home.row11' },
  { row: 12, says: 'home.row12' },
  { row: 13, says: 'home.row13' },
  { row: 14, says: 'home.row14' },
  { row: 15, says: 'home.row15' },
  { row: 16, says: 'home.row16' },
  { row: 17, says: 'home.row17' },
  { row: 18, says: 'home.row18', lacks: 'home.lacks18' },
];

const trouble = (says: Key, unit: string, word: Key, count: Count): Trouble => ({
  says,
  unit,
  figure: { word, unit, count },
});

export const TROUBLES: Trouble[] = [
  trouble('home.troubleReturned', 'YS010101-01', 'term.open', 'open'),
  trouble('home.troubleOverdue', 'YS010101-02', 'term.overdue', 'overdue'),
  trouble('home.troubleReopened', 'YS010101-03', 'term.reopened', 'reopened'),
  trouble('home.troubleSilent', 'YS010101-04', 'term.closed', 'closed'),
];
