// What is said above a unit of its answer: checked, exempt, or found not to hold; always with why.
import { Button } from 'antd';
import { useId, useState, type FormEvent } from 'react';
import type { Saying } from '../../api/programmes';
import type { CoverageAnswer, Requirement, Unit } from '../../api/shapes';
import { unitAddress } from '../../lib/unitAddress';
import type { Key } from '../../locales';
import { FormError } from '../../ui/FormError';
import { useSpeech } from '../../ui/LanguageContext';
import { ReasonField } from '../../ui/ReasonField';
import { NOTHING_TYPED, readSaying } from './model';
import { useSaying } from './useSaying';

const RULINGS: readonly (readonly [Saying & CoverageAnswer, Key])[] = [
  ['none_checked', 'programme.ruleNone'],
  ['open', 'programme.ruleOpen'],
  ['exempt', 'programme.ruleExempt'],
];

interface Props {
  programme: string;
  requirement: Requirement;
  unit: Unit;
  answers: CoverageAnswer[];
  onDone: () => void;
}

export function RulingForm({ programme, requirement, unit, answers, onDone }: Props) {
  const { t } = useSpeech();
  const name = useId();
  const open = RULINGS.filter(([ruling]) => answers.includes(ruling));
  const [ruling, setRuling] = useState(open[0]?.[0]);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string>();
  const saying = useSaying(programme, requirement.requirement, onDone);
  if (!ruling) return null;
  function send(event: FormEvent, chosen: Saying) {
    event.preventDefault();
    const read = readSaying(requirement, chosen, unitAddress(unit), { ...NOTHING_TYPED, text });
    const fault = read.faults[0];
    setWrong(fault ? t(fault.word) : undefined);
    if (!fault && !saying.isPending) saying.mutate({ saying: chosen, body: read.body });
  }
  return (
    <form
      className="saying"
      noValidate
      aria-label={`${t('programme.rule')} · ${unit.name}`}
      onSubmit={(event) => send(event, ruling)}
    >
      <h3>{unit.name}</h3>
      <fieldset>
        <legend>{t('programme.ruleWhat')}</legend>
        {open.map(([one, word]) => (
          <label key={one} className="check">
            <input
              type="radio"
              name={name}
              checked={ruling === one}
              onChange={() => setRuling(one)}
            />
            {t(word)}
          </label>
        ))}
      </fieldset>
      <ReasonField
        label={t('programme.reason')}
        value={text}
        required
        wrong={wrong}
        onChange={setText}
      />
      <FormError error={saying.error} />
      <Button type="primary" htmlType="submit" loading={saying.isPending}>
        {t('programme.record')}
      </Button>
    </form>
  );
}
