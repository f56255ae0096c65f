// A figure as it was computed, or why there is none.
import { useSpeech } from '../../ui/LanguageContext';
import { useQuantityText } from '../../ui/words';
import type { Read } from './figures';

export function FigureValue({ read }: { read: Read }) {
  const { t } = useSpeech();
  const text = useQuantityText();
  if ('known' in read) return <b>{text(read.known)}</b>;
  return <span className="quiet">{t(`home.missing_${read.missing}`)}</span>;
}
