// Choosing a unit by name, code, pinyin or its initials; before anything is typed, those at hand.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import type { Unit } from '../../api/shapes';
import { search } from '../../api/units';
import { useSpeech } from '../LanguageContext';
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
  offered: Unit[];
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  'aria-required'?: boolean | undefined;
  'aria-label'?: string | undefined;
}

export function UnitPicker({ id, value, onChange, offered, ...plain }: Props) {
  const { t } = useSpeech();
  const unit = asUnit(value);
  const text = unit ? unit.name : asText(value);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { choices, waiting, more } = useChoices(unit ? '' : text.trim(), open, offered);

  function choose(choice: Choice | undefined) {
    if (!choice) return;
    onChange(choice.unit);
    setOpen(false);
  }
  function onKey(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      if (open) setActive((active + step + choices.length) % Math.max(1, choices.length));
      setOpen(true);
      event.preventDefault();
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
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && choices[active] ? `${id}-${active}` : undefined}
        placeholder={t('form.unitPlaceholder')}
        maxLength={64}
        value={text}
        onChange={(event) => {
          onChange(event.target.value === '' ? null : event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      {unit ? <small className="code">{unit.code}</small> : null}
      {open && (!unit || choices.length > 0) ? (
        <div className="search-list">
          <ul id={`${id}-list`} role="listbox" aria-label={t('term.unit')}>
            {choices.map((choice, index) => (
              // The keyboard chooses through the input above.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <li
                key={choice.unit.code}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(choice)}
              >
                <span className="found">{choice.unit.name}</span>
                <small>{choice.where || choice.unit.code}</small>
              </li>
            ))}
          </ul>
          <p role="status">
            {waiting
              ? t('shell.searching')
              : choices.length === 0
                ? t('form.unitNothing')
                : more
                  ? t('shell.searchMore')
                  : null}
          </p>
        </div>
      ) : null}
    </span>
  );
}

function useChoices(text: string, open: boolean, offered: Unit[]) {
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => search(asked, signal),
    enabled: open && asked !== '',
  });
  const atHand: Choice[] = offered.map((unit) => ({ unit, where: '' }));
  if (text === '') return { choices: atHand, waiting: false, more: false };
  const units = asked === text ? (found.data?.units ?? []) : [];
  const choices = units.map((unit) => ({
    unit: { code: unit.code, name: unit.name },
    where: unit.path
      .slice(1, -1)
      .map((each) => each.name)
      .join(' › '),
  }));
  const waiting = asked !== text || (found.isFetching && !found.data);
  return { choices, waiting, more: found.data?.more_units === true };
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
