// The fields and the frame of what is recorded here.
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { FormError } from '../../ui/FormError';
import { LabelledField } from '../../ui/LabelledField';

/** One of a closed list; where `none` is given, or none of it, under that word. */
export function ChoiceField<Code extends string>(props: {
  label: string;
  choices: readonly { code: Code; word: string }[];
  value: Code | undefined;
  none?: string;
  onChange: (code: Code | undefined) => void;
}) {
  return (
    <LabelledField label={props.label}>
      {(described) => (
        <select
          {...described}
          value={props.value ?? ''}
          onChange={(event) =>
            props.onChange(props.choices.find(({ code }) => code === event.target.value)?.code)
          }
        >
          {props.none === undefined ? null : <option value="">{props.none}</option>}
          {props.choices.map(({ code, word }) => (
            <option key={code} value={code}>
              {word}
            </option>
          ))}
        </select>
      )}
    </LabelledField>
  );
}

/** A day; an empty text where it is left out. */
export function DayField(props: {
  label: string;
  value: string;
  max?: string;
  onChange: (day: string) => void;
}) {
  return (
    <LabelledField label={props.label}>
      {(described) => (
        <input
          {...described}
          type="date"
          value={props.value}
          max={props.max}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </LabelledField>
  );
}

/** What is recorded, what is wrong with it, and the button that sends it. */
export function RecordForm(props: {
  word: string;
  sending: { error: Error | null; isPending: boolean };
  /** What has to be said first. */
  lacking?: string | null;
  disabled?: boolean;
  onSend: () => void;
  children: ReactNode;
}) {
  const { sending } = props;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSend();
      }}
    >
      {props.children}
      <FormError error={props.lacking ? new Error(props.lacking) : sending.error} />
      <div className="actions">
        <Button
          type="primary"
          htmlType="submit"
          disabled={props.disabled ?? false}
          loading={sending.isPending}
        >
          {props.word}
        </Button>
      </div>
    </form>
  );
}
