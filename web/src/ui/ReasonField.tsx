// A text of some length with its label, what to write there, and what is wrong with it.
import { LabelledField } from './LabelledField';
import './popup.css';

export function ReasonField(props: {
  label: string;
  hint?: string;
  value: string;
  onChange: (text: string) => void;
  wrong?: string | undefined;
  required?: boolean;
}) {
  return (
    <LabelledField label={props.label} hint={props.hint} wrong={props.wrong}>
      {(described) => (
        <textarea
          {...described}
          rows={3}
          value={props.value}
          aria-required={props.required}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </LabelledField>
  );
}
