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
  const [wanted, setWanted] = useState<Language>(props.first.language);
  const [loaded, setLoaded] = useState<Said>(props.first);

  useEffect(() => {
    let current = true;
    void loadLanguage(wanted).then((language) => {
      if (!current) return;
      speak(wanted);
      document.documentElement.lang = wanted;
      setLoaded(language);
    });
    return () => {
      current = false;
    };
  }, [wanted]);

  const speech = useMemo<Speech>(() => {
    const { language, words } = loaded;
    return {
      language,
      t: (key, facts) => fill(words[key], facts),
      pick: (title) => title[language],
      change: (next) => {
        localStorage.setItem(STORED, next);
        setWanted(next);
      },
    };
  }, [loaded]);

  return (
    <ConfigProvider
      locale={loaded.library}
      theme={theme}
      csp={{ nonce: props.nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <SpeechContext.Provider value={speech}>{props.children}</SpeechContext.Provider>
    </ConfigProvider>
  );
}
