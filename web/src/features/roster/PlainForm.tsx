// A short form of plain fields: each a line or some lines, or a day.
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { LabelledField } from '../../ui/LabelledField';
import { useSpeech } from '../../ui/LanguageContext';
import { useChange } from './useChange';

export interface PlainField {
  name: string;
  label: string;
  hint?: string;
  sort?: 'line' | 'lines' | 'day' | 'number';
  optional?: boolean;
}

export type PlainValues = Record<string, string>;

export function PlainForm<Body, Answer>(props: {
  fields: PlainField[];
  start?: PlainValues;
  word?: string;
  lead?: ReactNode;
  read: (values: PlainValues) => Body;
  send: (body: Body, key: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
}) {
  const { t } = useSpeech();
  const [values, setValues] = useState<PlainValues>(props.start ?? {});
  const form = useChange(props.send, props.onDone);
  const set = (name: string, value: string) =>
    setValues((before) => ({ ...before, [name]: value }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        form.change(props.read(values));
      }}
    >
      {form.wrong ? (
        <p className="wrong" role="alert">
          {form.wrong}
        </p>
      ) : null}
      {props.lead}
      {props.fields.map((field) => (
        <LabelledField key={field.name} label={field.label} hint={field.hint}>
          {(described) =>
            field.sort === 'lines' ? (
              <textarea
                {...described}
                rows={4}
                required={!field.optional}
                value={values[field.name] ?? ''}
                onChange={(event) => set(field.name, event.target.value)}
              />
            ) : (
              <input
                {...described}
                type={field.sort === 'day' ? 'date' : 'text'}
                inputMode={field.sort === 'number' ? 'numeric' : undefined}
                required={!field.optional}
                value={values[field.name] ?? ''}
                onChange={(event) => set(field.name, event.target.value)}
              />
            )
          }
        </LabelledField>
      ))}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={form.busy}>
          {props.word ?? t('roster.done')}
        </Button>
      </div>
    </form>
  );
}
