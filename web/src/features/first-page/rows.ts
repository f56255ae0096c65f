// What the article of September 2019 says, row by row, and for each figure where the API answers it
// and how it is read. Only what the article states is typed in here; no result is.
import type { Key } from '../../locales';
import type { Count, Figure, Value } from './figures';

export interface Row {
  row: number;
  says: Key;
  /** What cannot be shown yet. */
  lacks?: Key;
  /** What to know when reading the figures. */
  note?: Key;
  figures: Figure[];
}

/** Something that went wrong in the demonstration, where it can be seen. */
export interface Trouble {
  says: Key;
  unit: string;
  figure: Figure;
}

const exact = (value: number): Value => ({ value, qualifier: 'exact' });
const over = (value: number): Value => ({ value, qualifier: 'over' });
const NATION = '0';
const XINJIANG = '65';
const JILIN_CITY = '2202';
const ESTATE = '220204006001-X01';
const PROVINCES = ['13', '22', '33', '65'];

/** The community that the first way through the ledger ends at. */
export const FIRST_WAY_TO = '220204006001';

const provinces: Figure = {
  word: 'home.figProvinces',
  stated: exact(4),
  units: PROVINCES,
  read: { units: 'known' },
  page: '/units',
};
const prefectures: Figure = {
  word: 'home.figPrefectures',
  stated: exact(14),
  units: [XINJIANG],
  read: { below: 'prefecture' },
  page: `/units/${XINJIANG}`,
};
const counties: Figure = {
  word: 'home.figCounties',
  stated: exact(105),
  units: [XINJIANG],
  read: { below: 'county' },
  page: `/units/${XINJIANG}`,
};
const spaces = (word: Key, unit: string, stated: Value): Figure => ({
  word,
  stated,
  units: [unit],
  read: { quantity: 'parking_spaces' },
  page: `/units/${unit}`,
});
const counted = (word: Key, unit: string, count: Count): Figure => ({
  word,
  units: [unit],
  read: { count },
  page: `/units/${unit}`,
});

export const ROWS: Row[] = [
  {
    row: 1,
    says: 'home.row1',
    lacks: 'home.lacks1',
    figures: [provinces, { word: 'home.figBatches', stated: exact(2) }],
  },
  {
    row: 2,
    says: 'home.row2',
    lacks: 'home.lacks2',
    note: 'home.note2',
    figures: [prefectures, counties],
  },
  { row: 3, says: 'home.row3', lacks: 'home.lacks3', figures: [] },
  {
    row: 4,
    says: 'home.row4',
    lacks: 'home.lacks4',
    note: 'home.note4',
    figures: [
      counted('term.open', NATION, 'open'),
      counted('term.overdue', NATION, 'overdue'),
      counted('term.closed', NATION, 'closed'),
      counted('term.reopened', NATION, 'reopened'),
    ],
  },
  {
    row: 5,
    says: 'home.row5',
    lacks: 'home.lacks5',
    figures: [
      { word: 'home.figCentral', stated: exact(8) },
      { word: 'home.figProvincial', stated: exact(4) },
      { word: 'home.figLocal', stated: exact(1) },
    ],
  },
  {
    row: 6,
    says: 'home.row6',
    lacks: 'home.lacks6',
    figures: [
      {
        word: 'home.figSources',
        stated: exact(3),
        query: '/api/v1/kinds/problem/flow',
        read: {
          among: ['central_inspection', 'poverty_inspection', 'crime_supervision'],
          list: 'sources',
          key: 'source',
        },
      },
    ],
  },
  {
    row: 7,
    says: 'home.row7',
    lacks: 'home.lacks7',
    figures: [
      {
        word: 'home.figKinds',
        stated: exact(3),
        query: '/api/v1/kinds',
        read: { among: ['project', 'petition', 'hazard'], list: 'kinds', key: 'kind' },
      },
    ],
  },
  {
    row: 8,
    says: 'home.row8',
    lacks: 'home.lacks8',
    figures: [
      {
        word: 'home.figXiongan',
        stated: exact(3),
        units: ['130629', '130632', '130638'],
        read: { units: 'known' },
        page: '/units/1306',
      },
      { word: 'home.figVillages', stated: exact(94) },
      { word: 'home.figFrontLine', stated: over(3000) },
      { word: 'home.figMeeting', stated: over(1000) },
    ],
  },
  { row: 9, says: 'home.row9', lacks: 'home.lacks9', figures: [] },
  {
    row: 10,
    says: 'home.row10',
    lacks: 'home.lacks10',
    figures: [
      spaces('home.figSpacesThere', ESTATE, exact(36)),
      spaces('home.figSpacesCity', JILIN_CITY, over(260)),
    ],
  },
  { row: 11, says: 'home.row11', lacks: 'home.lacks11', figures: [] },
  {
    row: 12,
    says: 'home.row12',
    lacks: 'home.lacks12',
    figures: [
      { word: 'home.figTiers', stated: exact(3) },
      { word: 'home.figTypes', stated: exact(6) },
    ],
  },
  { row: 13, says: 'home.row13', lacks: 'home.lacks13', figures: [] },
  { row: 14, says: 'home.row14', lacks: 'home.lacks14', figures: [prefectures] },
  {
    row: 15,
    says: 'home.row15',
    lacks: 'home.lacks15',
    figures: [{ word: 'home.figFund', stated: exact(17_000_000) }],
  },
  { row: 16, says: 'home.row16', lacks: 'home.lacks16', figures: [] },
  { row: 17, says: 'home.row17', lacks: 'home.lacks17', figures: [] },
  { row: 18, says: 'home.row18', lacks: 'home.lacks18', figures: [provinces] },
];

export const TROUBLES: Trouble[] = [
  {
    says: 'home.troubleReturned',
    unit: 'YS010101-01',
    figure: counted('term.open', 'YS010101-01', 'open'),
  },
  {
    says: 'home.troubleOverdue',
    unit: 'YS010101-02',
    figure: counted('term.overdue', 'YS010101-02', 'overdue'),
  },
  {
    says: 'home.troubleReopened',
    unit: 'YS010101-03',
    figure: counted('term.reopened', 'YS010101-03', 'reopened'),
  },
  {
    says: 'home.troubleSilent',
    unit: 'YS010101-04',
    figure: counted('term.closed', 'YS010101-04', 'closed'),
  },
];
