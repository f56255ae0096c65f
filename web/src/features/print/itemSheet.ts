// The item sheet: all that the ledger knows of an item, with its history.
import type { Item } from '../../api/shapes';
import { clockOf } from '../../lib/days';
import { recordOf, stepsOf, transitionOf, type Step } from './history';
import { resultWord, unitWord, valueWord } from '../../ui/quantities';
import { PAIRS, WIDE, type Doc } from './paper';
import type { Column, Row, Section } from './sheets';
import {
  byText,
  dayText,
  dueText,
  isOpen,
  orNone,
  outcomeText,
  placeText,
  quantitiesText,
  recordText,
  sourceText,
  sourceWord,
  unitsText,
  unitText,
  type Say,
  type Told,
} from './told';

export function docOf(told: Told, title: string, sections: Section[]): Doc {
  const { item } = told;
  return {
    title,
    number: item.item,
    day: told.today,
    orientation: 'portrait',
    sections,
    address: `/items/${item.item}`,
    positions: { first: item.position, last: item.position },
    instant: item.instant,
  };
}

export function itemSheet(told: Told, say: Say): Doc {
  return docOf(told, say.t('print.formSheet'), [
    { columns: PAIRS, rows: aboutRows(told, say) },
    { columns: WIDE, rows: textRows(told, say) },
    ...sourcesSection(told, say),
    ...measuresSection(told.item.measures, say),
    ...partsSection(told.item.parts, say),
    ...evidenceSection(told.item, say),
    ...closuresSection(told, say),
    historySection(told, say),
  ]);
}

function aboutRows(told: Told, say: Say): Row[] {
  const { item, flow } = told;
  const { t } = say;
  const state =
    say.pick(item.state.title) +
    (item.overdue ? t('print.inBrackets', { text: t('term.overdue') }) : '');
  return [
    [t('term.kind'), say.pick(flow.title), t('term.state'), state],
    [t('print.source'), sourceText(told, say), t('print.upstreamNo'), orNone(item.upstream_no)],
    [t('print.category'), categoryText(told, say), t('print.severity'), severityText(item, say)],
    [
      t('print.listed'),
      `${dayText(item.opened, say)} ${byText(item.recorder, say)}`,
      t('print.fixClass'),
      t(`print.fix_${item.fix_class}`),
    ],
    [t('term.lead'), unitText(item.lead), t('print.due'), dueText(item, say)],
    [
      t('print.leadOfficial'),
      orNone(item.lead_official),
      t('print.responsiblePerson'),
      orNone(item.responsible_person),
    ],
    [
      t('print.responsible'),
      unitsText(item.responsible, say),
      t('print.supporting'),
      unitsText(item.supporting, say),
    ],
    [
      t('print.supervising'),
      unitText(item.supervising),
      t('print.accepting'),
      unitText(item.accepting),
    ],
    [
      t('print.returned'),
      t('print.times', { count: item.returned }),
      t('print.reopened'),
      t('print.times', { count: item.reopened }),
    ],
  ].map((cells) => ({ cells, whole: true }));
}

function categoryText({ item, flow }: Told, say: Say): string {
  const found = flow.categories.find((each) => each.category === item.category);
  return found?.title ? say.pick(found.title) : orNone(item.category);
}

function severityText(item: Item, say: Say): string {
  const words = [
    item.nature ? say.t(`form.nature_${item.nature}`) : '',
    item.severity ? say.t(`form.severity_${item.severity}`) : '',
  ].filter(Boolean);
  return orNone(words.join(say.language === 'en' ? ', ' : '、'));
}

function textRows({ item }: Told, say: Say): Row[] {
  const { t } = say;
  const rows = [
    [t('term.title'), orNone(item.title)],
    [t('print.place'), placeText(item.path)],
    [t('print.description'), orNone(item.description)],
    [t('print.criterion'), orNone(item.criterion?.text)],
  ];
  if (item.criterion?.quantities.length)
    rows.push([t('print.target'), quantitiesText(item.criterion.quantities, say)]);
  if (item.measured.length) rows.push([t('print.measured'), quantitiesText(item.measured, say)]);
  if (item.source_doc) rows.push([t('print.sourceDoc'), item.source_doc]);
  rows.push(...findingRows(item, say));
  if (item.remark) rows.push([t('print.remark'), item.remark]);
  if (item.judgement)
    rows.push([
      t('print.judgement'),
      (item.judgement.closure === 0 ? t('print.judgementAtLimit') : '') +
        t('print.judgementSays', {
          solved: t(`print.answer_${item.judgement.solved}`),
          satisfied: t(`print.answer_${item.judgement.satisfied}`),
        }),
    ]);
  return rows.map((cells) => ({ cells }));
}

/** What the list of an inspection says of its finding, and what it rolls up to. */
export function findingRows(item: Item, say: Say): string[][] {
  const { t } = say;
  const rows: [string, string | null | undefined | false][] = [
    [t('form.batch'), item.batch],
    [t('form.feedback'), item.feedback && dayText(item.feedback, say)],
    [t('form.implementing'), item.implementing.length > 0 && unitsText(item.implementing, say)],
    [t('form.toAccept'), item.to_accept?.name],
    [t('form.target'), item.target],
    [t('form.keyMeasures'), item.key_measures],
    [t('form.special'), item.special && say.pick(item.special.title)],
  ];
  return rows.flatMap(([word, text]) => (text ? [[word, text]] : []));
}

// Number, what, by whom, by when, done or not.
const TASKS: Column[] = [
  { width: 12, look: 'text' },
  { width: 62, look: 'text' },
  { width: 51, look: 'text' },
  { width: 35, look: 'text' },
  { width: 14, look: 'text' },
];

export function measuresSection(measures: Item['measures'], say: Say): Section[] {
  const { t } = say;
  if (measures.length === 0) return [];
  return [
    {
      heading: t('print.measures'),
      columns: TASKS,
      head: [t('print.no'), t('print.measure'), t('print.owner'), t('print.due'), t('print.done')],
      rows: measures.map((measure) => ({
        cells: [
          String(measure.measure),
          orNone(measure.text) + (measure.ended ? t('print.measureEnded') : ''),
          measure.owner.name,
          dayText(measure.due, say),
          measure.done ? t('term.yes') : t('term.no'),
        ],
      })),
    },
  ];
}

/** What each supporting unit does about it. */
export function partsSection(parts: Item['parts'], say: Say): Section[] {
  const { t } = say;
  if (parts.length === 0) return [];
  return [
    {
      heading: t('form.parts'),
      columns: TASKS,
      head: [
        t('print.no'),
        t('print.part'),
        t('print.supporting'),
        t('print.due'),
        t('print.done'),
      ],
      rows: parts.map((part) => ({
        cells: [
          String(part.part),
          recordText(part.text, say) +
            (part.called ? t('print.partCalled') : '') +
            (part.ended ? t('print.partEnded') : ''),
          part.unit.name,
          dayText(part.due, say),
          part.done ? t('term.yes') : t('term.no'),
        ],
      })),
    },
  ];
}

/** The sources beside the first that name the same matter, each with its own number. */
export function sourcesSection({ item, flow }: Told, say: Say): Section[] {
  const { t } = say;
  if (item.more_sources.length === 0) return [];
  return [
    {
      heading: t('item.moreSources'),
      columns: [
        { width: 12, look: 'text' },
        { width: 42, look: 'text' },
        { width: 50, look: 'text' },
        { width: 70, look: 'text' },
      ],
      head: [t('print.no'), t('print.source'), t('print.upstreamNo'), t('print.sourceDoc')],
      rows: item.more_sources.map((each, index) => ({
        cells: [
          String(index + 1),
          sourceWord(flow, each.source, say),
          orNone(each.upstream_no),
          orNone(each.source_doc),
        ],
      })),
    },
  ];
}

export function evidenceSection(item: Item, say: Say): Section[] {
  const { t } = say;
  if (item.evidence.length === 0) return [];
  return [
    {
      heading: t('print.evidence'),
      columns: [
        { width: 12, look: 'text' },
        { width: 54, look: 'text' },
        { width: 35, look: 'text' },
        { width: 19, look: 'text' },
        { width: 54, look: 'code' },
      ],
      head: [
        t('print.no'),
        t('print.evidenceName'),
        t('print.taken'),
        t('print.record'),
        'SHA-256',
      ],
      rows: item.evidence.map((file, index) => ({
        cells: [
          String(index + 1),
          orNone(file.name) + (file.destroyed ? t('print.destroyed') : ''),
          dayText(file.taken, say),
          String(file.record),
          file.sha256,
        ],
      })),
    },
  ];
}

function closuresSection({ item, flow }: Told, say: Say): Section[] {
  const { t } = say;
  if (item.closures.length === 0) return [];
  return [
    {
      heading: t('print.closures'),
      columns: [
        { width: 12, look: 'text' },
        { width: 36, look: 'text' },
        { width: 36, look: 'text' },
        { width: 60, look: 'text' },
        { width: 30, look: 'text' },
      ],
      head: [
        t('print.no'),
        t('term.day'),
        t('print.outcome'),
        t('print.result'),
        t('print.stands'),
      ],
      rows: item.closures.map((closure, index) => ({
        cells: [
          String(index + 1),
          dayText(closure.day, say),
          outcomeText(flow, closure.outcome, say),
          quantitiesText(closure.quantities, say),
          closure.stands ? t('term.yes') : t('print.noLonger'),
        ],
      })),
    },
  ];
}

function historySection(told: Told, say: Say): Section {
  const { t } = say;
  return {
    heading: t('print.history'),
    columns: [
      { width: 16, look: 'text' },
      { width: 34, look: 'text' },
      { width: 46, look: 'text' },
      { width: 26, look: 'text' },
      { width: 52, look: 'text' },
    ],
    head: [t('print.record'), t('print.when'), t('print.who'), t('print.step'), t('print.words')],
    rows: stepsOf(told.history).map((step) => ({
      cells: [
        String(step.seq),
        `${dayText(step.at, say)} ${clockOf(step.at)}`,
        byText(step.by, say),
        stepText(step, told, say),
        step.texts.map((text) => recordText(text, say)).join('\n') || '—',
      ],
    })),
  };
}

function stepText(step: Step, { flow }: Told, say: Say): string {
  const transition = transitionOf(flow, step.transition);
  if (transition) return say.pick(transition.title);
  if (recordOf(step, 'item_opened')) return say.t('print.step_opened');
  if (recordOf(step, 'corrected')) return say.t('print.step_corrected');
  if (recordOf(step, 'redacted')) return say.t('print.step_redacted');
  if (recordOf(step, 'items_linked')) return say.t('print.step_linked');
  return step.transition ?? '—';
}

/** What was promised beside what was measured; a dash where nothing was. */
export function resultsSection(item: Item, say: Say): Section[] {
  const { t } = say;
  const promised = item.criterion?.quantities ?? [];
  if (promised.length === 0) return [];
  const measured = isOpen(item) ? item.measured : (item.closures.at(-1)?.quantities ?? []);
  return [
    {
      columns: [
        { width: 27, look: 'label' },
        { width: 51, look: 'text' },
        { width: 48, look: 'text' },
        { width: 48, look: 'text' },
      ],
      rows: promised.map((quantity) => {
        const found = measured.find((each) => each.id === quantity.id);
        const unit = t('print.inBrackets', { text: unitWord(quantity.unit, t) });
        return {
          cells: [
            t('print.result'),
            `${resultWord(quantity.id, t)}${unit}`,
            t('print.promised', { value: valueWord(quantity, t) }),
            t('print.found', { value: found ? valueWord(found, t) : '—' }),
          ],
        };
      }),
    },
  ];
}
