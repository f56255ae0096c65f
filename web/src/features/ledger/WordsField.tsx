// The words to look for, sent with Enter.
import { useId, useState, type FormEvent } from 'react';
import { useSpeech } from '../../ui/LanguageContext';
import { WORDS_CHARS_MAX } from './query';

export function WordsField({
  words,
  onWords,
}: {
  words: string;
  onWords: (words: string) => void;
}) {
  const { t } = useSpeech();
  const id = useId();
  const [text, setText] = useState(words);
  function send(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== words) onWords(text.trim());
  }
  return (
    <form
      className="words-field field"
      role="search"
      aria-label={t('ledger.words')}
      onSubmit={send}
    >
      <label className="hidden" htmlFor={id}>
        {t('ledger.words')}
      </label>
      <input
        id={id}
        type="search"
        value={text}
        maxLength={WORDS_CHARS_MAX}
        placeholder={t('ledger.wordsHint')}
        onChange={(event) => {
          setText(event.target.value);
          // The cross of the field empties it.
          if (event.target.value === '' && words !== '') onWords('');
        }}
      />
    </form>
  );
}
