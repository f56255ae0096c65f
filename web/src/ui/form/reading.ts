// What was typed, as the API wants it; and what is missing or wrong in it, by field.
import type { Unit } from '../../api/shapes';
import { asItemNo } from '../../lib/itemNo';
import type { Facts } from '../../lib/words';
import type { Key } from '../../locales';
import type { Field } from './fields';

/** A unit that was chosen, or the text of somebody who has not chosen yet. */
export type UnitValue = Unit | string | null;

export interface MeasureValue {
  text: string;
  owner: UnitValue;
  due: string;
}
/** Of `parts`; of `shares` the text is the title, and there may be a place. */
export interface PartValue {
  unit: UnitValue;
  text: string;
  due: string;
  place?: UnitValue;
}
export interface QuantityValue {
  id: string;
  unit: string;
  value: string;
  qualifier: string;
  baseline: string; // how many there were before; of a criterion only
  bound?: string; // from which side it is reached; of a criterion only
  as_of?: string; // of what was counted
}
/** A milestone by its number, and the day it was reached on or is planned for. */
export interface MilestoneValue {
  measure: number;
  day: string;
}
export interface FileValue {
  id: string;
  file: string;
  bytes: number;
  mediaType: string;
  sha256: string | null; // null until it is kept by the server
  percent: number;
  fault: string | null; // a sentence: why it could not be sent
  name: string;
  taker: string;
  place: UnitValue;
  taken: string;
}
export interface CheckerValue {
  post: number;
  unit: Unit;
}

/** By field name. Each widget reads its own and takes what it cannot read for nothing. */
export type FormValues = Record<string, unknown>;

export interface Fault {
  field: string; // such as due or measures[0].due
  word: Key;
  facts?: Facts;
}
interface Read {
  value: unknown; // undefined: not given
  faults: Fault[];
}

const CODE = /^[a-z0-9_]{1,40}$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');
export const asUnit = (value: unknown): Unit | null =>
  value && typeof (value as Unit).code === 'string' ? (value as Unit) : null;
/** The list in a value; a draft of an older program may hold anything. */
export const asList = <T>(value: unknown): T[] =>
  Array.isArray(value) ? (value.filter((each) => each && typeof each === 'object') as T[]) : [];

/** What is to be sent of `fields`, and every fault in the order of the fields. */
export function readForm(fields: Field[], values: FormValues) {
  const body: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const field of fields) {
    const read = readField(field, values[field.name]);
    faults.push(...read.faults);
    if (read.value !== undefined) body[field.name] = read.value;
    else if (field.required && read.faults.length === 0)
      faults.push({ field: field.name, word: 'form.faultRequired' });
  }
  return { body, faults };
}

/** Whether anything was typed at all: a form that was only looked at leaves no draft. */
export function isTyped(values: FormValues, start: FormValues): boolean {
  return JSON.stringify(values) !== JSON.stringify(start);
}

function readField(field: Field, value: unknown): Read {
  switch (field.widget) {
    case 'checkers':
      return listed(asList<CheckerValue>(value).map((each) => each.post));
    case 'choice':
      return given(asText(value));
    case 'day':
      return readDay(field, asText(value));
    case 'evidence':
      return readEvidence(field.name, asList<FileValue>(value));
    case 'item':
      return readItemNo(field.name, asText(value).trim());
    case 'line':
    case 'text':
      return readText(field, asText(value).trim());
    case 'measure':
    case 'number':
    case 'part':
      return readNumber(field.name, asText(value).trim());
    case 'measures':
      return readMeasures(field.name, asList<MeasureValue>(value));
    case 'milestones':
      return readMilestones(field.name, asList<MilestoneValue>(value));
    case 'parts':
      return readParts(field.name, asList<PartValue>(value));
    case 'quantities':
      return readQuantities(field.name, asList<QuantityValue>(value));
    case 'unit':
      return readUnit(field.name, value);
    case 'units':
      return listed(asList<Unit>(value).map((unit) => unit.code));
    case 'verdict':
      return { value: value === 'yes' ? true : value === 'no' ? false : undefined, faults: [] };
    case 'yes':
      return { value: value === true ? true : undefined, faults: [] };
    case 'yuan':
      return readYuan(field.name, asText(value).trim());
  }
}

const given = (text: string): Read => ({ value: text === '' ? undefined : text, faults: [] });
const listed = (list: unknown[]): Read => ({
  value: list.length === 0 ? undefined : list,
  faults: [],
});
const wrong = (field: string, word: Key, facts?: Facts): Read => ({
  value: undefined,
  faults: [{ field, word, ...(facts ? { facts } : {}) }],
});

function readText(field: Field, text: string): Read {
  const chars = [...text].length;
  if (field.charsMax !== undefined && chars > field.charsMax)
    return wrong(field.name, 'form.faultLong', {
      max: field.charsMax,
      over: chars - field.charsMax,
    });
  return given(text);
}

function readDay(field: Field, day: string): Read {
  if (day === '') return given('');
  if (!DAY.test(day)) return wrong(field.name, 'form.faultDay');
  if (field.earliest && day < field.earliest)
    return wrong(field.name, 'form.faultEarly', { day: field.earliest });
  if (field.latest && day > field.latest)
    return wrong(field.name, 'form.faultLater', { day: field.latest });
  return given(day);
}

function readNumber(name: string, text: string): Read {
  if (text === '') return given('');
  const number = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number)) return wrong(name, 'form.faultNumber');
  return { value: number, faults: [] };
}

// Typed in yuan, sent in fen.
function readYuan(name: string, text: string): Read {
  if (text === '') return given('');
  const [, yuan = '', fen = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text.replace(/,/g, '')) ?? [];
  const number = Number(yuan) * 100 + Number(fen.padEnd(2, '0'));
  if (yuan === '' || !Number.isSafeInteger(number)) return wrong(name, 'form.faultYuan');
  return { value: number, faults: [] };
}

function readMilestones(name: string, rows: MilestoneValue[]): Read {
  const faults = rows
    .filter((row) => !DAY.test(asText(row.day)))
    .map((row) => ({ field: `${name}[${row.measure}].day`, word: 'form.faultDay' as const }));
  return { ...listed(rows.map(({ measure, day }) => ({ measure, day }))), faults };
}

function readItemNo(name: string, text: string): Read {
  if (text === '') return given('');
  const no = asItemNo(text);
  return no ? given(no) : wrong(name, 'form.faultItemNo');
}

// A unit is chosen from the list; what is only typed is kept as text, so that it can be mended.
function readUnit(name: string, value: unknown): Read {
  const unit = asUnit(value);
  if (unit) return given(unit.code);
  return asText(value).trim() === '' ? given('') : wrong(name, 'form.faultUnit');
}

function readMeasures(name: string, rows: MeasureValue[]): Read {
  const faults: Fault[] = [];
  const list: unknown[] = [];
  rows.forEach((row, index) => {
    const text = asText(row.text).trim();
    const owner = readUnit(`${name}[${index}].owner`, row.owner);
    if (text === '' && asText(row.due) === '' && owner.value === undefined) return;
    if (text === '')
      faults.push({ field: `${name}[${index}].text`, word: 'form.faultMeasureText' });
    if (!DAY.test(asText(row.due)))
      faults.push({ field: `${name}[${index}].due`, word: 'form.faultMeasureDue' });
    faults.push(...owner.faults);
    list.push({ text, due: row.due, ...(owner.value ? { owner: owner.value } : {}) });
  });
  return { ...listed(list), faults };
}

function readParts(name: string, rows: PartValue[]): Read {
  const [unitName, textName] = name === 'shares' ? ['lead', 'title'] : ['unit', 'text'];
  const faults: Fault[] = [];
  const list: unknown[] = [];
  rows.forEach((row, index) => {
    const text = asText(row.text).trim();
    const unit = asUnit(row.unit);
    const due = asText(row.due);
    if (text === '' && due === '' && !unit && asText(row.unit).trim() === '') return;
    const path = `${name}[${index}]`;
    if (text === '') faults.push({ field: `${path}.${textName}`, word: 'form.faultPartText' });
    if (!unit) faults.push({ field: `${path}.${unitName}`, word: 'form.faultPartUnit' });
    if (!DAY.test(due)) faults.push({ field: `${path}.due`, word: 'form.faultPartDue' });
    const place = name === 'shares' ? readUnit(`${path}.unit`, row.place) : given('');
    faults.push(...place.faults);
    list.push({
      [unitName]: unit?.code,
      [textName]: text,
      due,
      ...(place.value ? { unit: place.value } : {}),
    });
  });
  return { ...listed(list), faults };
}

function readQuantities(name: string, rows: QuantityValue[]): Read {
  const faults: Fault[] = [];
  const list: unknown[] = [];
  rows.forEach((row, index) => {
    const value = asText(row.value).trim();
    const id = asText(row.id).trim();
    const unit = asText(row.unit).trim();
    if (value === '' && name === 'actuals') return;
    if (value === '' && (id === '' || name === 'measured')) {
      if (id !== '') faults.push({ field: `${name}[${index}].value`, word: 'form.faultMeasured' });
      return;
    }
    if (!CODE.test(id))
      faults.push({ field: `${name}[${index}].id`, word: 'form.faultQuantityName' });
    if (!CODE.test(unit))
      faults.push({ field: `${name}[${index}].unit`, word: 'form.faultQuantityUnit' });
    const number = readNumber(`${name}[${index}].value`, value);
    faults.push(...number.faults);
    if (value === '') faults.push({ field: `${name}[${index}].value`, word: 'form.faultNumber' });
    const asOf = asText(row.as_of);
    if (name === 'actuals' && !DAY.test(asOf))
      faults.push({ field: `${name}[${index}].as_of`, word: 'form.faultDay' });
    const baseline = readNumber(`${name}[${index}].baseline`, asText(row.baseline).trim());
    faults.push(...baseline.faults);
    list.push({
      id,
      unit,
      value: number.value,
      qualifier: row.qualifier || 'exact',
      ...(baseline.value === undefined ? {} : { baseline: baseline.value }),
      ...(row.bound === 'at_most' ? { bound: row.bound } : {}),
      ...(DAY.test(asOf) ? { as_of: asOf } : {}),
    });
  });
  return { ...listed(list), faults };
}

function readEvidence(name: string, files: FileValue[]): Read {
  const faults: Fault[] = [];
  const list: unknown[] = [];
  files.forEach((file, index) => {
    const field = `${name}[${index}]`;
    if (file.sha256 === null) {
      faults.push({
        field,
        word: file.fault === null ? 'form.faultUploading' : 'form.faultUpload',
        facts: { file: file.file },
      });
      return;
    }
    const place = readUnit(`${field}.place`, file.place);
    faults.push(...place.faults);
    list.push({
      sha256: file.sha256,
      ...(asText(file.name).trim() ? { name: file.name.trim() } : {}),
      ...(asText(file.taker).trim() ? { taker: file.taker.trim() } : {}),
      ...(place.value ? { place: place.value } : {}),
      ...(DAY.test(asText(file.taken)) ? { taken: file.taken } : {}),
    });
  });
  return { ...listed(list), faults };
}
