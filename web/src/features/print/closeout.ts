// The close-out form (销号审批表): what was promised and found, and room for every signature.
import {
  checkersOf,
  noticeOf,
  outcomeOf,
  roundOf,
  stepsOf,
  type Round,
  type Step,
} from './history';
import {
  docOf,
  findingRows,
  measuresSection,
  partsSection,
  resultsSection,
  sourcesSection,
} from './itemSheet';
import { NOTE, PAIRS, WIDE, type Doc } from './paper';
import type { Row } from './sheets';
import {
  byText,
  dayText,
  dueText,
  orNone,
  outcomeText,
  placeText,
  recordText,
  sourceText,
  standingMeasures,
  standingParts,
  unitsText,
  unitText,
  type Say,
  type Told,
} from './told';

export function closeout(told: Told, say: Say): Doc {
  const { item, flow } = told;
  const { t } = say;
  const round = roundOf(stepsOf(told.history), flow);
  return docOf(told, t('print.formCloseout'), [
    {
      columns: PAIRS,
      rows: [
        [
          t('term.lead'),
          unitText(item.lead),
          t('print.responsible'),
          unitsText(item.responsible, say),
        ],
        [t('print.source'), sourceText(told, say), t('print.upstreamNo'), orNone(item.upstream_no)],
        [t('print.listed'), dayText(item.opened, say), t('print.due'), dueText(item, say)],
      ].map((cells) => ({ cells, whole: true })),
    },
    {
      columns: WIDE,
      rows: [
        { cells: [t('term.title'), orNone(item.title)] },
        { cells: [t('print.place'), placeText(item.path)] },
        { cells: [t('print.criterion'), orNone(item.criterion?.text)] },
        ...findingRows(item, say).map((cells) => ({ cells })),
      ],
    },
    ...resultsSection(item, say),
    ...sourcesSection(told, say),
    ...measuresSection(standingMeasures(item), say),
    ...partsSection(standingParts(item), say),
    { columns: WIDE, rows: opinionRows(told, round, say) },
    {
      columns: NOTE,
      plain: true,
      rows: [
        { cells: [t('print.closeoutNote', { state: say.pick(item.state.title) })], whole: true },
      ],
    },
  ]);
}

function opinionRows({ flow }: Told, round: Round, say: Say): Row[] {
  const { t } = say;
  const outcome = outcomeOf(round);
  const notice = noticeOf(round);
  return [
    opinion(t('print.opinionFixer'), said(round.asked, say), t('print.headAndSeal')),
    opinion(t('print.opinionReview'), said(round.reviewed, say), t('print.verifierSigns')),
    opinion(
      t('print.opinionCheck'),
      round.checked
        ? said(round.checked, say, t('print.checkers', { count: checkersOf(round) }))
        : '',
      t('print.checkersSign'),
    ),
    opinion(
      t('print.opinionNotice'),
      notice
        ? t('print.noticeFromTo', {
            first: dayText(notice.first, say),
            last: dayText(notice.last, say),
          }) + t('print.objections')
        : t('print.noNotice'),
      t('print.signAndDay'),
    ),
    opinion(
      t('print.opinionClose'),
      outcome
        ? t('print.outcomeIs', { outcome: outcomeText(flow, outcome, say) }) +
            said(round.closed, say)
        : '',
      t('print.approveAndSeal'),
    ),
  ];
}

const opinion = (label: string, text: string, foot: string): Row => ({
  cells: [label, text],
  whole: true,
  linesMin: 4,
  foot,
});

/** Who took the step and when, and with which words. */
function said(step: Step | undefined, say: Say, more = ''): string {
  if (!step) return '';
  const who = `${byText(step.by, say)} ${dayText(step.at, say)} ${more}`.trimEnd();
  const words = step.texts.map((text) => recordText(text, say)).join(' ');
  return words ? `${who}\n${words}` : who;
}
