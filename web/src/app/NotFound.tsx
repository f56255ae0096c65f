// No page has that address.
import { Notice } from '../ui/Notice';
import { useSpeech } from '../ui/LanguageContext';

export function NotFound() {
  const { t } = useSpeech();
  return <Notice title={t('term.notFound')} hint={t('term.notFoundHint')} />;
}
