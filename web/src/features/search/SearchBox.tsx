// One box that takes a place, a code, pinyin or its initials, an item number or words.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { search } from '../../api/units';
import { asItemNo } from '../../lib/itemNo';
import { ChoiceList, listWords, useActive } from '../../ui/ChoiceList';
import { PhaseTag } from '../../ui/words';
import { useSettled } from '../../ui/useSettled';
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
  const asked = useSettled(text.trim(), WAIT_MS);
  const found = useQuery({
    queryKey: ['search', asked],
    queryFn: ({ signal }) => search(asked, signal),
    enabled: open && asked !== '',
    placeholderData: (before) => before,
  });
  const no = asItemNo(text);
  const choices = useMemo(() => choicesOf(found.data, no), [found.data, no]);
  const { active, move, first } = useActive(choices.length);
  useSlashKey(input);

  function go(choice: Choice | undefined) {
    if (!choice) return;
    setOpen(false);
    setText('');
    input.current?.blur();
    navigate(choice.to);
  }
  function onKey(event: React.KeyboardEvent) {
    if (move(event)) return;
    if (event.key === 'Enter') go(choices[active]);
    else if (event.key === 'Escape') setOpen(false);
  }

  const shown = open && text.trim() !== '';
  const status =
    found.data === undefined || asked !== text.trim()
      ? t('shell.searching')
      : choices.length === 0
        ? t('shell.searchNothing', { text: text.trim() })
        : found.data.more_units
          ? t('shell.searchMore')
          : null;
  return (
    <div className="search" role="search">
      <label className="hidden" htmlFor={id}>
        {t('shell.search')}
      </label>
      <input
        ref={input}
        id={id}
        type="text"
        {...listWords(id, shown, active, choices.length)}
        placeholder={t('shell.searchHint')}
        value={text}
        maxLength={64}
        onChange={(event) => {
          setText(event.target.value);
          first();
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      {shown ? (
        <ChoiceList
          id={id}
          label={t('shell.search')}
          choices={choices}
          active={active}
          keyOf={(choice) => choice.to}
          onChoose={go}
          status={status}
        >
          {(choice) => (
            <>
              <span className="found">{choice.name}</span>
              {choice.phase ? <PhaseTag phase={choice.phase} /> : null}
              <small>{choice.where}</small>
            </>
          )}
        </ChoiceList>
      ) : null}
    </div>
  );
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
