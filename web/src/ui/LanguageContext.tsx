// The language of the page: its words, and those of the component library.
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import type { ReactNode } from 'react';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { speak } from '../api/client';
import { fill, type Facts, type Language } from '../lib/words';
import { loadWords, type Key, type Words } from '../locales';
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

async function loadLibraryWords(language: Language): Promise<Locale> {
  if (language === 'en') return (await import('antd/es/locale/en_US')).default;
  await import('dayjs/locale/zh-cn');
  return (await import('antd/es/locale/zh_CN')).default;
}

interface Loaded {
  language: Language;
  words: Words;
  library: Locale;
}

export function LanguageProvider({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [wanted, setWanted] = useState<Language>(usualLanguage);
  const [loaded, setLoaded] = useState<Loaded | null>(null);

  useEffect(() => {
    let current = true;
    void Promise.all([loadWords(wanted), loadLibraryWords(wanted)]).then(([words, library]) => {
      if (!current) return;
      speak(wanted);
      document.documentElement.lang = wanted;
      setLoaded({ language: wanted, words, library });
    });
    return () => {
      current = false;
    };
  }, [wanted]);

  const speech = useMemo<Speech | null>(() => {
    if (!loaded) return null;
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

  if (!speech || !loaded) return null;
  return (
    <ConfigProvider
      locale={loaded.library}
      theme={theme}
      csp={{ nonce }}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <SpeechContext.Provider value={speech}>{children}</SpeechContext.Provider>
    </ConfigProvider>
  );
}
