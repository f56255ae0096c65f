// The language of the page: its words, and those of the component library.
import { ConfigProvider } from 'antd';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { speak } from '../api/client';
import { fill, type Facts, type Language } from '../lib/words';
import { loadLanguage, type Key, type Said } from '../locales';
import { theme } from './theme';

interface Speech {
  language: Language;
  t: (key: Key, facts?: Facts) => string;
  /** The one of two that the API gives in both languages. */
  pick: (title: { 'zh-CN': string; en: string }) => string;
  change: (language: Language) => void;
}

const SpeechContext = createContext<Speech | null>(null);
const STORED = 'tz.language';

/** The words of the page. Only below LanguageProvider. */
export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('useSpeech needs a LanguageProvider above');
  return speech;
}

export function usualLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === 'en' || stored === 'zh-CN') return stored;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('zh')) ||
    !navigator.language.toLowerCase().startsWith('en')
    ? 'zh-CN'
    : 'en';
}

export function LanguageProvider(props: { nonce: string; first: Said; children: ReactNode }) {
  const [said, setSaid] = useState<Said>(props.first);

  useEffect(() => {
    document.documentElement.lang = said.language;
  }, [said]);

  const speech = useMemo<Speech>(
    () => ({
      language: said.language,
      t: (key, facts) => fill(said.words[key], facts),
      pick: (title) => title[said.language],
      change: (next) =>
        void loadLanguage(next).then(
          (other) => {
            localStorage.setItem(STORED, next);
            speak(next);
            setSaid(other);
          },
          () => undefined, // where it cannot be had all stays as it is
        ),
    }),
    [said],
  );

  return (
    <ConfigProvider
      locale={said.library}
      theme={theme}
      csp={{ nonce: props.nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <SpeechContext.Provider value={speech}>{props.children}</SpeechContext.Provider>
    </ConfigProvider>
  );
}
