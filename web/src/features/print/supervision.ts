// The supervision notice (督办单): what is urged, by when, and a slip on which the unit answers. Where
// the matter came from is left out: it goes to the unit complained about.
import { daysBetween } from '../../lib/days';
import type { Key } from '../../locales';
import { docOf } from './itemSheet';
import { NOTE, PAIRS, WIDE, type Doc } from './paper';
import type { Section } from './sheets';
import {
  dueText,
  isOpen,
  orNone,
  placeText,
  standingMeasures,
  unitsText,
  unitText,
  type Say,
  type Told,
} from './told';

// Why a deadline may not be kept; whoever answers ticks what holds.
const UNDONE: Key[] = [
  'print.undone_plan',
  'print.undone_deadline',
  'print.undone_funds',
  'print.undone_approval',
  'print.undone_border',
  'print.undone_third',
  'print.undone_court',
  'print.undone_force',
  'print.undone_season',
  'print.undone_policy',
  'print.undone_history',
  'print.undone_slow',
  'print.undone_disputed',
  'print.undone_other',
];

/** Why there is no such notice, or null where there can be one. */
export function supervisionRefused({ item }: Told): Key | null {
  if (!isOpen(item)) return 'print.refusedNotOpen';
  return item.lead ? null : 'print.refusedNoLead';
}

export function supervision(told: Told, say: Say): Doc {
  const { t } = say;
  return docOf(told, t('print.formSupervision'), [
    {
      columns: PAIRS,
      rows: [
        [t('print.officialNo'), t('print.officialNoBlank'), t('print.fromUnit'), fromUnit(told)],
        [t('print.toUnit'), unitText(told.item.lead), t('print.copyTo'), copies(told, say)],
        [t('print.due'), dueText(told.item, say), t('print.standing'), lateText(told, say)],
      ].map((cells) => ({ cells, whole: true })),
    },
    {
      columns: WIDE,
      rows: [
        ...matterRows(told, say),
        { cells: [t('print.demand'), t('print.demandText')], whole: true },
      ],
    },
    {
      columns: WIDE,
      rows: [
        {
          cells: [t('print.signedBy'), ''],
          whole: true,
          linesMin: 3,
          foot: t('print.signAndSeal'),
        },
      ],
    },
    ...answerSlip(say),
  ]);
}

function matterRows(told: Told, say: Say) {
  const { item } = told;
  const { t } = say;
  const measures = standingMeasures(item);
  const done = measures.filter((measure) => measure.done).length;
  return [
    { cells: [t('print.matter'), orNone(item.title)] },
    { cells: [t('print.place'), placeText(item.path)] },
    { cells: [t('print.description'), orNone(item.description)] },
    {
      cells: [
        t('print.progress'),
        t('print.progressText', {
          state: say.pick(item.state.title),
          done,
          all: measures.length,
          returned: item.returned,
          reopened: item.reopened,
        }),
      ],
    },
  ];
}

function fromUnit({ item }: Told): string {
  return item.supervising?.name ?? '';
}

function copies({ item }: Told, say: Say): string {
  return unitsText([...item.responsible, ...item.supporting], say);
}

/** How many days it is late or has left, counted in the ledger's own days. */
export function lateText({ item, today }: Told, say: Say): string {
  if (!item.due) return '—';
  const left = daysBetween(today, item.due);
  if (item.overdue) return say.t('term.daysLate', { days: -left });
  return left === 0 ? say.t('term.dueToday') : say.t('term.daysLeft', { days: left });
}

function answerSlip(say: Say): Section[] {
  const { t } = say;
  return [
    { columns: NOTE, plain: true, rows: [{ cells: [t('print.cutHere')], whole: true }] },
    {
      heading: t('print.answerSlip'),
      columns: WIDE,
      rows: [
        { cells: [t('print.answerProgress'), ''], whole: true, linesMin: 4 },
        { cells: [t('print.answerWhy'), ticks(say)], whole: true },
        { cells: [t('print.answerNext'), ''], whole: true, linesMin: 3 },
        { cells: [t('print.answerDay'), t('print.blankDay')], whole: true },
        {
          cells: [t('print.answerSigned'), ''],
          whole: true,
          linesMin: 3,
          foot: t('print.signAndSeal'),
        },
      ],
    },
  ];
}

const TICKS_A_LINE = 4;
const TICK_LETTERS = 6;

// A box is not parted from its words: in Chinese they stand in columns, in English hard spaces hold
// them together.
function ticks(say: Say): string {
  const words = UNDONE.map((key) => say.t(key));
  if (say.language === 'en')
    return words.map((word) => `□ ${word}`.replace(/ /g, '\u00a0')).join(' \u2003');
  const cells = words.map((word) => `□ ${word.padEnd(TICK_LETTERS, '\u3000')}`);
  const lines: string[] = [];
  for (let at = 0; at < cells.length; at += TICKS_A_LINE)
    lines.push(
      cells
        .slice(at, at + TICKS_A_LINE)
        .join('')
        .trimEnd(),
    );
  return lines.join('\n');
}
