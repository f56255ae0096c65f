// A figure as it was computed, or why there is none.
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import type { Read } from './figures';

export function FigureValue({ read }: { read: Read }) {
  const { t } = useSpeech();
  if ('known' in read) return <b>{count(read.known)}</b>;
  return <span className="quiet">{t(`home.missing_${read.missing}`)}</span>;
}
