// The fields of a new item, in the order in which they are asked for.
import type { Flow } from '../../api/shapes';
import { fieldNamed, type Field } from '../../ui/form/fields';

// One a line; a field that a flow requires and that is not here is asked for as well.
const ASKED = [
  'unit',
  'title',
  'source',
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
  'remark',
];

// Rarely known when an item is listed: asked for where one looks for more.
const RARE = ['category', 'nature', 'severity', 'upstream_no', 'source_doc', 'remark'];

export function isRare(field: Field): boolean {
  return RARE.includes(field.name) && !field.required;
}

export function openingFields(flow: Flow, today: string): Field[] {
  const required = new Set(['unit', ...flow.opening_required]);
  const unknown = flow.opening_required.filter((name) => !ASKED.includes(name));
  // Of a kind about persons that takes no reports an official may list what accuses units.
  const accuses = flow.totals === 'scope' && !flow.reports;
  const asked = ASKED.filter((name) => name !== 'accused' || accuses);
  return [...asked, ...unknown].map((name) =>
    fieldNamed(name, { required: required.has(name), ...changesOf(name, flow, today) }),
  );
}

function changesOf(name: string, flow: Flow, today: string): Partial<Field> {
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
  if (name === 'occurred') return { latest: today };
  return {};
}
