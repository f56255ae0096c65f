// A field with its label, what to write there, and what is wrong with it.
import { useId, type ReactNode } from 'react';

/** What ties a control to its words. */
export interface Described {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

export function LabelledField(props: {
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
  children: (described: Described) => ReactNode;
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
      {props.children({
        id,
        'aria-invalid': props.wrong ? true : undefined,
        'aria-describedby': described || undefined,
      })}
      {props.wrong ? (
        <p className="wrong" id={`${id}-wrong`}>
          {props.wrong}
        </p>
      ) : null}
    </div>
  );
}
