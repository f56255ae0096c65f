// The frame of a form that is sent as one: what is wrong, then the fields, then what sends it.
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { ErrorSummary } from './ErrorSummary';
import type { useSending } from './useSending';

export type Sending = ReturnType<typeof useSending<never, never>>;

export function SendingForm(props: { form: Sending; word: string; children: ReactNode }) {
  const { form } = props;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        form.send();
      }}
    >
      <ErrorSummary wrong={form.wrong} attempt={form.attempt} />
      {props.children}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={form.busy}>
          {props.word}
        </Button>
      </div>
    </form>
  );
}
