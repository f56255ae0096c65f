// Why what a form sent did not succeed, in a sentence.
import { useSpeech } from './LanguageContext';

export function FormError({ error }: { error: Error | null }) {
  const { t } = useSpeech();
  if (!error) return null;
  return (
    <p role="alert" className="late">
      {error.message || t('term.offline')}
    </p>
  );
}
