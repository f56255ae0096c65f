// The fields of a new item, in the order in which they are asked for.
import type { Flow } from '../../api/shapes';
import { fieldNamed, type Field, type Option } from '../../ui/form/fields';

// One a line; a field that a flow requires and that is not here is asked for as well.
const ASKED = [
  'unit',
  'title',
  'source',
  'fund',
  'amount',
  'household',
  'episode',
  'description',
  'accused',
  'due',
  'fix_class',
  'occurred',
  'category',
  'nature',
  'severity',
  'upstream_no',
  'source_doc',
  'batch',
  'feedback',
  'implementing',
  'accepting',
  'target',
  'key_measures',
  'special',
  'model',
  'scheme',
  'split_from',
  'remark',
];

const OF_LOANS = ['fund', 'amount', 'household', 'episode'];

// What the list of an inspection says of each finding: asked for where such a source is chosen.
const OF_FINDINGS = ['batch', 'feedback', 'implementing', 'accepting', 'target', 'key_measures'];

// Rarely known when an item is listed: asked for where one looks for more.
const RARE = [
  'category',
  'nature',
  'severity',
  'upstream_no',
  'source_doc',
  'special',
  'model',
  'split_from',
  'remark',
];

export function isRare(field: Field): boolean {
  return RARE.includes(field.name) && !field.required;
}

/** What is known while the form is filled in. */
export interface Opening {
  today: string;
  source: string; // as chosen, or empty
  specials: Option[]; // the special items that there are
}

export function openingFields(flow: Flow, at: Opening): Field[] {
  const found = flow.findings.sources.includes(at.source);
  const needed = [...flow.opening_required, ...(found ? flow.findings.required : [])];
  const resettles = flow.opening_required.includes('scheme');
  const required = new Set(['unit', ...needed]);
  const unknown = needed.filter((name) => !ASKED.includes(name));
  const isAsked = (name: string) => {
    // Of a kind about persons that takes no reports an official may list what accuses units.
    if (name === 'accused')
      return flow.totals === 'scope' && !flow.reports && !required.has('fund') && !resettles;
    if (name === 'scheme' || name === 'split_from') return resettles;
    if (name === 'special') return flow.totals === 'public' && at.specials.length > 0;
    if (OF_LOANS.includes(name)) return required.has(name);
    if (name === 'model') return flow.transitions.some((each) => each.act === 'actuals');
    return found || required.has(name) || !OF_FINDINGS.includes(name);
  };
  return [...ASKED, ...unknown]
    .filter(isAsked)
    .map((name) =>
      fieldNamed(name, { required: required.has(name), ...changesOf(name, flow, at) }),
    );
}

function changesOf(name: string, flow: Flow, { today, specials }: Opening): Partial<Field> {
  if (name === 'source')
    return {
      options: flow.sources.map(({ source, title }) => ({
        value: source,
        label: title ?? { 'zh-CN': source, en: source },
      })),
    };
  if (name === 'category')
    return {
      options: flow.categories.map(({ category, title }) => ({
        value: category,
        label: title ?? { 'zh-CN': category, en: category },
      })),
    };
  if (name === 'due') return { earliest: today };
  if (name === 'occurred' || name === 'feedback') return { latest: today };
  if (name === 'special') return { options: specials };
  return {};
}
