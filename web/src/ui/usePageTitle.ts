// The name of the page in the browser's tab and history.
import { useEffect } from 'react';
import { useSpeech } from './LanguageContext';

export function usePageTitle(title: string): void {
  const { t } = useSpeech();
  const brand = t('shell.brand');
  useEffect(() => {
    document.title = title === brand ? brand : `${title} · ${brand}`;
  }, [title, brand]);
}
