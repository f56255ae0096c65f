// What a unit answers for itself, by the sort of the requirement.
import { Button } from 'antd';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Saying } from '../../api/programmes';
import { unitAddress } from '../../lib/unitAddress';
import { FormError } from '../../ui/FormError';
import { useSpeech } from '../../ui/LanguageContext';
import { LabelledField } from '../../ui/LabelledField';
import { ReasonField } from '../../ui/ReasonField';
import { NOTHING_TYPED, readSaying, type Fault, type Typed } from './model';
import type { At } from './shown';
import { useSaying } from './useSaying';

export function AnswerForm({ programme, unit, requirement }: At) {
  const { t } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState<Typed>(NOTHING_TYPED);
  const [faults, setFaults] = useState<Fault[]>([]);
  const saying = useSaying(programme, requirement.requirement, () => setTyped(NOTHING_TYPED));
  useEffect(() => {
    if (faults.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [faults]);
  const { sort, quorum } = requirement;
  const mayClaim = requirement.own?.answers.includes('none_claimed') ?? false;
  const set = (field: keyof Typed) => (value: string) =>
    setTyped((before) => ({ ...before, [field]: value }));
  const wrong = (field: keyof Typed) => {
    const fault = faults.find((one) => one.field === field);
    return fault ? t(fault.word) : undefined;
  };
  const field = (name: keyof Typed) => ({
    value: typed[name],
    wrong: wrong(name),
    onChange: set(name),
  });
  function send(said: Saying) {
    const read = readSaying(requirement, said, unitAddress(unit), typed);
    setFaults(read.faults);
    if (read.faults.length === 0 && !saying.isPending)
      saying.mutate({ saying: said, body: read.body });
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    send('met');
  }
  return (
    <form
      ref={form}
      className="saying"
      noValidate
      aria-label={t('programme.answer')}
      onSubmit={submit}
    >
      <h3>{t('programme.answer')}</h3>
      {sort === 'meeting' ? (
        <>
          {quorum ? (
            <p className="quiet">
              {t('programme.meetingHint', { part: quorum.part, of: quorum.of })}
            </p>
          ) : null}
          <div className="beside-each-other">
            <Line label={t('programme.expected')} number {...field('expected')} />
            <Line label={t('programme.present')} number {...field('present')} />
          </div>
        </>
      ) : null}
      {sort === 'self_examination' ? (
        <Line label={t('programme.items')} hint={t('programme.itemsHint')} {...field('items')} />
      ) : null}
      <ReasonField
        label={t('programme.text')}
        hint={t('programme.textHint')}
        required={sort !== 'meeting' && sort !== 'self_examination'}
        {...field('text')}
      />
      <FormError error={saying.error} />
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={saying.isPending}>
          {t('programme.answerMet')}
        </Button>
        {mayClaim ? (
          <Button onClick={() => send('none_claimed')} disabled={saying.isPending}>
            {t('programme.answerNone')}
          </Button>
        ) : null}
      </div>
      {mayClaim ? <p className="quiet">{t('programme.answerNoneHint')}</p> : null}
    </form>
  );
}

function Line(props: {
  label: string;
  hint?: string;
  number?: boolean;
  value: string;
  wrong: string | undefined;
  onChange: (value: string) => void;
}) {
  return (
    <LabelledField label={props.label} hint={props.hint} wrong={props.wrong}>
      {(described) => (
        <input
          {...described}
          type="text"
          inputMode={props.number ? 'numeric' : undefined}
          className={props.number ? 'few' : undefined}
          value={props.value}
          aria-required
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </LabelledField>
  );
}
