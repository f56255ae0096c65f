// A text of some length with its label, what to write there, and what is wrong with it.
import { useId } from 'react';
import './popup.css';

export function ReasonField(props: {
  label: string;
  hint?: string;
  value: string;
  onChange: (text: string) => void;
  wrong?: string | undefined;
  required?: boolean;
}) {
  const id = useId();
  const described = [props.hint ? `${id}-hint` : '', props.wrong ? `${id}-wrong` : '']
    .join(' ')
    .trim();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      {props.hint ? (
        <p className="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      ) : null}
      <textarea
        id={id}
        rows={3}
        value={props.value}
        aria-required={props.required}
        aria-invalid={props.wrong ? true : undefined}
        aria-describedby={described || undefined}
        onChange={(event) => props.onChange(event.target.value)}
      />
      {props.wrong ? (
        <p className="wrong" id={`${id}-wrong`}>
          {props.wrong}
        </p>
      ) : null}
    </div>
  );
}
