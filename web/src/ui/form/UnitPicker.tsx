// Choosing a unit by name, code, pinyin or its initials; before anything is typed, those at hand.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { Unit } from '../../api/shapes';
import { search } from '../../api/units';
import type { Key } from '../../locales';
import { ChoiceList, listWords, useActive } from '../ChoiceList';
import { useSpeech } from '../LanguageContext';
import { useSettled } from '../useSettled';
import { fieldId } from './fields';
import { asText, asUnit, type UnitValue } from './reading';

const WAIT_MS = 150;

interface Choice {
  unit: Unit;
  where: string;
}

interface Props {
  id: string;
  value: unknown; // a UnitValue
  onChange: (value: UnitValue) => void;
  /** The field is left, whatever was chosen in it. */
  onLeave?: () => void;
  offered: Unit[];
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  'aria-required'?: boolean | undefined;
  'aria-label'?: string | undefined;
}

export function UnitPicker({ id, value, onChange, onLeave, offered, ...plain }: Props) {
  const { t } = useSpeech();
  const unit = asUnit(value);
  const text = unit ? unit.name : asText(value);
  const [open, setOpen] = useState(false);
  const { choices, status } = useChoices(unit ? '' : text.trim(), open, offered);
  const { active, move, first } = useActive(choices.length);

  function choose(choice: Choice | undefined) {
    if (!choice) return;
    onChange(choice.unit);
    setOpen(false);
  }
  function onKey(event: React.KeyboardEvent) {
    if (move(event)) {
      setOpen(true);
    } else if (event.key === 'Enter' && open) {
      choose(choices[active]);
      event.preventDefault();
    } else if (event.key === 'Escape' && open) {
      setOpen(false);
      event.stopPropagation();
    }
  }
  return (
    <span className="unit-input">
      <input
        {...plain}
        id={id}
        type="text"
        {...listWords(id, open, active, choices.length)}
        placeholder={t('form.unitPlaceholder')}
        maxLength={64}
        value={text}
        onChange={(event) => {
          onChange(event.target.value === '' ? null : event.target.value);
          first();
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          onLeave?.();
        }}
        onKeyDown={onKey}
      />
      {unit ? <small className="code">{unit.code}</small> : null}
      {open && (!unit || choices.length > 0) ? (
        <ChoiceList
          id={id}
          label={t('term.unit')}
          choices={choices}
          active={active}
          keyOf={(choice) => choice.unit.code}
          onChoose={choose}
          status={status ? t(status) : null}
        >
          {(choice) => (
            <>
              <span className="found">{choice.unit.name}</span>
              <small>{choice.where || choice.unit.code}</small>
            </>
          )}
        </ChoiceList>
      ) : null}
    </span>
  );
}

// The units found for what is typed; those at hand before anything is.
function useChoices(
  text: string,
  open: boolean,
  offered: Unit[],
): { choices: Choice[]; status: Key | null } {
  const asked = useSettled(text, WAIT_MS);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => search(asked, signal),
    enabled: open && asked !== '',
    placeholderData: (before) => before,
  });
  if (text === '') return { choices: offered.map((unit) => ({ unit, where: '' })), status: null };
  if (found.error) return { choices: [], status: 'form.unitSearchFailed' };
  if (!found.data || asked !== text) return { choices: [], status: 'shell.searching' };
  const choices = found.data.units.map(({ code, name, path }) => ({
    unit: { code, name },
    where: path
      .slice(1, -1)
      .map((each) => each.name)
      .join(' › '),
  }));
  if (choices.length === 0) return { choices, status: 'form.unitNothing' };
  return { choices, status: found.data.more_units ? 'shell.searchMore' : null };
}

/** Several units: those chosen, each to be taken away again, and a picker for one more. */
export function UnitsPicker(props: {
  name: string;
  value: Unit[];
  onChange: (value: Unit[]) => void;
  offered: Unit[];
}) {
  const { t } = useSpeech();
  const [next, setNext] = useState<UnitValue>(null);
  const { value } = props;
  function add(choice: UnitValue) {
    const unit = asUnit(choice);
    if (!unit) return setNext(choice);
    setNext(null);
    if (!value.some((each) => each.code === unit.code)) props.onChange([...value, unit]);
  }
  return (
    <>
      <ul className="chosen">
        {value.map((unit) => (
          <li key={unit.code}>
            {unit.name}{' '}
            <Button
              size="small"
              type="text"
              aria-label={t('form.removeNamed', { name: unit.name })}
              onClick={() => props.onChange(value.filter((each) => each.code !== unit.code))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <UnitPicker
        id={fieldId(`${props.name}-next`)}
        aria-label={t('form.addUnit')}
        value={next}
        onChange={add}
        offered={props.offered}
      />
    </>
  );
}
