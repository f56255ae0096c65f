// A few choices that are all read before one is taken: each a line of its own.
import type { Key } from '../../locales';
import { FieldError } from '../../ui/form/inputs';
import { useSpeech } from '../../ui/LanguageContext';

export function Radios<Value extends string>(props: {
  name: string;
  legend: Key;
  options: readonly (readonly [Value, Key])[];
  value: Value | null;
  onChange: (value: Value) => void;
  error: string | undefined;
}) {
  const { t } = useSpeech();
  const id = `f-${props.name}`;
  return (
    <fieldset
      className={props.error ? 'form-field faulty' : 'form-field'}
      id={id}
      tabIndex={-1}
      aria-describedby={props.error ? `${id}-error` : undefined}
    >
      <legend>{t(props.legend)}</legend>
      <FieldError id={id} error={props.error} />
      {props.options.map(([value, word]) => (
        <label key={value} className="check">
          <input
            type="radio"
            name={props.name}
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          {t(word)}
        </label>
      ))}
    </fieldset>
  );
}
