// A field that takes a unit: by name, code, pinyin or its initials, or one of one's own.
import { useQuery } from '@tanstack/react-query';
import { useId, useMemo, useRef, useState } from 'react';
import { getUnitAlone, search } from '../api/units';
import type { Key } from '../locales';
import { useSpeech } from './LanguageContext';
import { useHere } from './SessionContext';
import { useSettled } from './useSettled';
import './popup.css';

interface Choice {
  code: string;
  name: string;
  where: string;
}

/** The name of a unit by its code; the code itself until that is known. */
export function useUnitName(code: string | undefined): string {
  const unit = useQuery({
    queryKey: ['unit-alone', code],
    queryFn: () => getUnitAlone(code ?? ''),
    enabled: Boolean(code),
    staleTime: 600_000,
    meta: { still: true },
  });
  return unit.data?.name ?? code ?? '';
}

export function UnitPicker(props: {
  label: string;
  code: string | undefined;
  /** Undefined where the field was emptied. */
  onChange: (code: string | undefined) => void;
  wrong?: string;
}) {
  const { t } = useSpeech();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const name = useUnitName(props.code);
  // Null while nothing is being typed: then the name of the chosen unit stands in the field.
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const { choices, status } = useChoices(typed);
  const open = typed !== null && (choices.length > 0 || status !== null);

  function choose(choice: Choice | undefined) {
    if (!choice) return;
    setTyped(null);
    props.onChange(choice.code);
  }
  function leave() {
    if (typed !== null && typed.trim() === '' && props.code) props.onChange(undefined);
    setTyped(null);
  }
  function onKey(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (typed === null) setTyped('');
      else setActive((active + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      choose(choices[active]);
    } else if (event.key === 'Escape' && typed !== null) {
      event.stopPropagation();
      setTyped(null);
    }
  }

  return (
    <div className="field unit-picker">
      <label htmlFor={id}>{props.label}</label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        maxLength={64}
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && choices[active] ? `${id}-${active}` : undefined}
        aria-invalid={props.wrong ? true : undefined}
        aria-describedby={props.wrong ? `${id}-wrong` : undefined}
        placeholder={t('ledger.unitHint')}
        value={typed ?? name}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
        }}
        onFocus={(event) => event.target.select()}
        onClick={() => typed === null && !props.code && setTyped('')}
        onBlur={leave}
        onKeyDown={onKey}
      />
      {open ? (
        <ul id={`${id}-list`} role="listbox" aria-label={props.label}>
          {choices.map((choice, index) => (
            // The keyboard chooses through the input above.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={choice.code}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(choice)}
            >
              {choice.name} <small>{choice.where}</small>
            </li>
          ))}
          {status ? (
            <li role="option" aria-selected={false} aria-disabled="true" className="quiet">
              {t(status)}
            </li>
          ) : null}
        </ul>
      ) : null}
      {props.wrong ? (
        <p className="wrong" id={`${id}-wrong`} role="alert">
          {props.wrong}
        </p>
      ) : null}
    </div>
  );
}

// The units found for what is typed; one's own units before anything is.
function useChoices(typed: string | null): { choices: Choice[]; status: Key | null } {
  const { session } = useHere();
  const text = typed?.trim() ?? '';
  const asked = useSettled(text, 150);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => search(asked, signal),
    enabled: typed !== null && asked !== '',
    placeholderData: (before) => before,
  });
  const own = useMemo(() => {
    const units = new Map(session?.posts.map(({ unit }) => [unit.code, unit]));
    return [...units.values()].map((unit) => ({ ...unit, where: unit.code }));
  }, [session]);
  if (typed === null) return { choices: [], status: null };
  if (text === '') return { choices: own, status: null };
  if (found.error) return { choices: [], status: 'ledger.unitSearchFailed' };
  if (!found.data || asked !== text) return { choices: [], status: 'shell.searching' };
  const choices = found.data.units.map(({ code, name, path }) => ({
    code,
    name,
    where: `${path
      .slice(1, -1)
      .map((each) => each.name)
      .join(' › ')} ${code}`.trim(),
  }));
  return { choices, status: choices.length === 0 ? 'ledger.unitNothing' : null };
}
