// A part of a page whose code is fetched when it is first shown. Where that cannot be had, because
// the line is broken or the program was updated, only this part is missing.
import { lazy, type ComponentType } from 'react';
import { useSpeech } from './LanguageContext';

export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy<ComponentType<Props>>(async () => {
    try {
      return { default: await load() };
    } catch {
      return { default: NotFetched };
    }
  });
}

function NotFetched() {
  const { t } = useSpeech();
  return (
    <p role="status" className="quiet">
      {t('term.partNotFetched')}
    </p>
  );
}
