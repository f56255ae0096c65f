// The plain inputs of forms, what widgets know besides their value, and how an error is shown.
import { Input } from 'antd';
import { useLayoutEffect, useRef, type ComponentProps, type ComponentRef } from 'react';
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

/**
 * A text of some lines that grows with what is written in it. Through the element's own properties,
 * since the way of the component library, a style attribute, is against the pages' policy.
 */
export function GrowingText({
  rowsMax,
  ...plain
}: ComponentProps<typeof Input.TextArea> & { value: string; rowsMax: number }) {
  const input = useRef<ComponentRef<typeof Input.TextArea>>(null);
  useLayoutEffect(() => {
    const area = input.current?.resizableTextArea?.textArea;
    if (!area) return;
    area.style.height = 'auto';
    const line = Number.parseFloat(getComputedStyle(area).lineHeight);
    const border = area.offsetHeight - area.clientHeight;
    area.style.height = `${Math.min(area.scrollHeight, rowsMax * line) + border}px`;
  }, [plain.value, rowsMax]);
  return <Input.TextArea {...plain} ref={input} />;
}
