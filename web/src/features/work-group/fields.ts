// The fields of the forms about work groups, and reading item numbers that are typed in one line.
import type { Field } from '../../ui/form/fields';
import { asText, type Fault } from '../../ui/form/reading';
import { asItemNo } from '../../lib/itemNo';
import type { Key } from '../../locales';

const SORTS = ['on_site', 'unannounced', 'talk', 'papers'];
const TEXT_CHARS_MAX = 4000;

export function mandateFields(today: string): Field[] {
  return [
    {
      name: 'name',
      widget: 'line',
      label: 'group.name',
      hint: 'group.nameHint',
      charsMax: 200,
      required: true,
    },
    {
      name: 'units',
      widget: 'units',
      label: 'group.units',
      hint: 'group.unitsHint',
      required: true,
    },
    {
      name: 'from',
      widget: 'day',
      label: 'group.from',
      hint: 'group.fromHint',
      earliest: today,
      required: false,
    },
    { name: 'to', widget: 'day', label: 'group.to', earliest: today, required: true },
    {
      name: 'visits_max',
      widget: 'number',
      label: 'group.visitsMax',
      hint: 'group.visitsMaxHint',
      required: false,
    },
    {
      name: 'overlap_reason',
      widget: 'text',
      label: 'group.overlapReason',
      hint: 'group.overlapReasonHint',
      charsMax: TEXT_CHARS_MAX,
      required: false,
    },
  ];
}

export function visitFields(from: string, today: string): Field[] {
  return [
    { name: 'unit', widget: 'unit', label: 'group.unit', required: true },
    {
      name: 'day',
      widget: 'day',
      label: 'group.visitDay',
      earliest: from,
      latest: today,
      required: true,
    },
    {
      name: 'sort',
      widget: 'choice',
      label: 'group.sort',
      options: SORTS.map((value) => ({ value, label: `group.sort_${value}` as Key })),
      required: true,
    },
    {
      name: 'asked',
      widget: 'number',
      label: 'group.asked',
      hint: 'group.askedHint',
      required: false,
    },
    {
      name: 'opened',
      widget: 'line',
      label: 'group.opened',
      hint: 'group.openedHint',
      charsMax: 1000,
      required: false,
    },
    {
      name: 'checked',
      widget: 'line',
      label: 'group.checked',
      hint: 'group.checkedHint',
      charsMax: 1000,
      required: false,
    },
    {
      name: 'text',
      widget: 'text',
      label: 'group.text',
      hint: 'group.textHint',
      charsMax: TEXT_CHARS_MAX,
      required: true,
    },
  ];
}

export const ENDING: Field[] = [
  {
    name: 'reason',
    widget: 'text',
    label: 'group.reason',
    charsMax: TEXT_CHARS_MAX,
    required: true,
  },
];

export interface ListRead {
  list: string[];
  faults: Fault[];
}

const wordsOf = (value: unknown) =>
  asText(value)
    .split(/[\s,，、]+/)
    .filter(Boolean);

/** Item numbers parted by spaces or commas, each as it is written. */
export function readItems(field: string, value: unknown): ListRead {
  const read = wordsOf(value).map((word) => asItemNo(word));
  const list = read.filter((no): no is string => no !== null);
  const whole = list.length === read.length;
  return { list, faults: whole ? [] : [{ field, word: 'form.faultItemNo' }] };
}
