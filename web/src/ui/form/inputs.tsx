// The plain inputs of forms, what widgets know besides their value, and how an error is shown.
import type { Unit } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { useSpeech } from '../LanguageContext';
import type { Option } from './fields';
import './form.css';

/** What a form knows besides the fields, for widgets that offer something to choose from. */
export interface Around {
  units: Unit[]; // offered before anything is typed
  measures: { measure: number; text: string | null; done: boolean }[];
  today: string;
  myPosts: number[];
  myUnit: Unit | null;
}

export interface Errors {
  /** The sentence that belongs to that path, if any. */
  at: (path: string) => string | undefined;
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p className="late" id={`${id}-error`}>
      {error}
    </p>
  );
}

interface PlainProps {
  id: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  'aria-required'?: boolean | undefined;
  'aria-label'?: string | undefined;
}

export function Choice({
  options,
  value,
  onChange,
  ...plain
}: PlainProps & { options: Option[]; value: string; onChange: (value: string) => void }) {
  const { t, pick } = useSpeech();
  return (
    <select {...plain} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{t('form.choose')}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {typeof option.label === 'string' ? t(option.label) : pick(option.label)}
        </option>
      ))}
    </select>
  );
}

/** The browser's own day field, with the day written out as people read it. */
export function DayInput({
  value,
  onChange,
  min,
  max,
  ...plain
}: PlainProps & {
  value: string;
  onChange: (value: string) => void;
  min?: string | undefined;
  max?: string | undefined;
}) {
  const { language } = useSpeech();
  return (
    <span className="day-input">
      <input
        {...plain}
        type="date"
        min={min ?? '1900-01-01'}
        max={max ?? '2999-12-31'}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {value ? <span className="quiet">{longDay(value, language)}</span> : null}
    </span>
  );
}
