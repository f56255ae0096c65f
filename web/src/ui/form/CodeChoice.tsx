// Choosing a code by its word; one that has no word yet is typed as code.
import { Input } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../LanguageContext';

const OTHER = '*';

export function CodeChoice(props: {
  id: string;
  codes: string[];
  word: (code: string) => string;
  value: string;
  onChange: (code: string) => void;
  'aria-invalid'?: boolean | undefined;
  'aria-describedby'?: string | undefined;
}) {
  const { t } = useSpeech();
  const { codes, word, value, onChange, ...plain } = props;
  const [typing, setTyping] = useState(value !== '' && !codes.includes(value));
  return (
    <>
      <select
        {...plain}
        value={typing ? OTHER : value}
        onChange={(event) => {
          const chosen = event.target.value;
          setTyping(chosen === OTHER);
          onChange(chosen === OTHER ? '' : chosen);
        }}
      >
        <option value="">{t('form.choose')}</option>
        {codes.map((code) => (
          <option key={code} value={code}>
            {word(code)}
          </option>
        ))}
        <option value={OTHER}>{t('form.otherCode')}</option>
      </select>
      {typing ? (
        <Input
          aria-label={t('form.code')}
          placeholder={t('form.codeHint')}
          maxLength={40}
          value={value}
          onChange={(event) => onChange(event.target.value.toLowerCase().replace(/[\s-]+/g, '_'))}
        />
      ) : null}
    </>
  );
}
