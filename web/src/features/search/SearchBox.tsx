// One box that takes a place, a code, pinyin or its initials, an item number or words.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { search } from '../../api/units';
import { asItemNo } from '../../lib/itemNo';
import { PhaseTag } from '../../ui/words';
import { useSpeech } from '../../ui/LanguageContext';
import { choicesOf, type Choice } from './choices';

const WAIT_MS = 150;

export function SearchBox() {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const asked = useLater(text.trim(), WAIT_MS);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => search(asked, signal),
    enabled: open && asked !== '',
    placeholderData: (before) => before,
  });
  const no = asItemNo(text);
  const choices = useMemo(() => choicesOf(found.data, no), [found.data, no]);
  useSlashKey(input);

  function go(choice: Choice | undefined) {
    if (!choice) return;
    setOpen(false);
    setText('');
    input.current?.blur();
    navigate(choice.to);
  }
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  function onKey(event: React.KeyboardEvent) {
    const step = steps[event.key];
    if (step !== undefined) {
      setActive((active + step + choices.length) % Math.max(1, choices.length));
      event.preventDefault();
    } else if (event.key === 'Enter') go(choices[active]);
    else if (event.key === 'Escape') setOpen(false);
  }

  const shown = open && text.trim() !== '';
  return (
    <div className="search" role="search">
      <label className="hidden" htmlFor={id}>
        {t('shell.search')}
      </label>
      <input
        ref={input}
        id={id}
        type="text"
        role="combobox"
        autoComplete="off"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && choices[active] ? `${id}-${active}` : undefined}
        placeholder={t('shell.searchHint')}
        value={text}
        maxLength={64}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      {shown ? (
        <div className="search-list">
          <ul id={`${id}-list`} role="listbox" aria-label={t('shell.search')}>
            {choices.map((choice, index) => (
              // The keyboard chooses through the input above.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <li
                key={choice.to}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => go(choice)}
              >
                <span className="found">{choice.name}</span>
                {choice.phase ? <PhaseTag phase={choice.phase} /> : null}
                <small>{choice.where}</small>
              </li>
            ))}
          </ul>
          <p role="status">
            {found.data === undefined || asked !== text.trim()
              ? t('shell.searching')
              : choices.length === 0
                ? t('shell.searchNothing', { text: text.trim() })
                : found.data.more_units
                  ? t('shell.searchMore')
                  : null}
          </p>
        </div>
      ) : null}
    </div>
  );
}

// The value once it has been still for a while.
function useLater<T>(value: T, ms: number): T {
  const [later, setLater] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return later;
}

// "/" goes to the search from everywhere but fields.
function useSlashKey(input: React.RefObject<HTMLInputElement>) {
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const target = event.target as HTMLElement;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target.closest('input, textarea, select, [contenteditable]')) return;
      event.preventDefault();
      input.current?.focus();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [input]);
}
