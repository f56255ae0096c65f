// What an official is asked who writes a request down for somebody, and when he may not.
import type { Flow } from '../../api/shapes';
import { fieldNamed, type Field } from '../../ui/form/fields';

export const MANNERS = ['anonymous', 'receiver_only', 'named'] as const;
export type Manner = (typeof MANNERS)[number];
export const ABOUT = ['matter', 'unit'] as const;
/** What it is about: something at a place, or a unit and its people. */
export type About = (typeof ABOUT)[number];

const TEXT_CHARS_MAX = 1500;
const NAME_CHARS_MAX = 50;
const CONTACT_CHARS_MAX = 100;
const WORDS_CHARS_MAX = 300;
// Guards that speak of somebody who sent it in: only what people may send in has them.
const OF_REPORTS = ['reporter_judges', 'abstract_reviewed'];

/** Whether anybody may send one of that kind in and follow it by a code of his own. */
export function takesReports(flow: Flow): boolean {
  return flow.transitions.some(({ guards }) =>
    guards.some(({ guard }) => OF_REPORTS.includes(guard)),
  );
}

/** The fields, in the order in which they are asked for; who he is only where he says so. */
export function requestFields(flow: Flow, manner: Manner): Field[] {
  const title = (code: string, words?: { 'zh-CN': string; en: string }) =>
    words ?? { 'zh-CN': code, en: code };
  const fields: Field[] = [
    fieldNamed('unit', { required: true, hint: 'behalf.unitHint' }),
    fieldNamed('source', {
      required: true,
      label: 'behalf.source',
      // The first is that of the page on which people write themselves.
      options: flow.sources.slice(1).map((each) => ({
        value: each.source,
        label: title(each.source, each.title),
      })),
    }),
    fieldNamed('category', {
      options: flow.categories.map((each) => ({
        value: each.category,
        label: title(each.category, each.title),
      })),
    }),
    fieldNamed('text', {
      required: true,
      label: 'behalf.text',
      hint: 'behalf.textHint',
      charsMax: TEXT_CHARS_MAX,
    }),
  ];
  if (manner === 'anonymous') return fields;
  fields.push(
    fieldNamed('name', {
      required: true,
      label: 'behalf.name',
      charsMax: NAME_CHARS_MAX,
    }),
    fieldNamed('contact', { label: 'behalf.contact', charsMax: CONTACT_CHARS_MAX }),
  );
  if (manner === 'receiver_only')
    fields.push(
      fieldNamed('words', {
        widget: 'text',
        label: 'behalf.words',
        hint: 'behalf.wordsHint',
        charsMax: WORDS_CHARS_MAX,
      }),
    );
  return fields;
}
