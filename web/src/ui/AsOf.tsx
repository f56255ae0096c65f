// Choosing a day of the past, and saying clearly that past figures are shown.
import { useId } from 'react';
import { dayOfAsOf } from '../lib/asOf';
import { addDays, longInstant } from '../lib/days';
import { count } from '../lib/numbers';
import { useSpeech } from './LanguageContext';
import { useHere } from './SessionContext';

interface PickerProps {
  asOf: string | undefined;
  onAsOf: (asOf: string | undefined) => void;
}

/** A quiet day field; a day can be asked about once it is over. */
export function AsOfPicker({ asOf, onAsOf }: PickerProps) {
  const { t } = useSpeech();
  const { ledger } = useHere();
  const id = useId();
  const last = addDays(ledger.today, -1);
  return (
    <span className="as-of-picker">
      <label htmlFor={id}>{t('term.asOf')}</label>
      <input
        id={id}
        type="date"
        min="1900-01-01"
        max={last}
        title={t('term.asOfHint')}
        value={dayOfAsOf(asOf)}
        onChange={(event) => {
          const day = event.target.value;
          if (day === '' || day <= last) onAsOf(day || undefined);
        }}
      />
    </span>
  );
}

interface BannerProps extends PickerProps {
  position: number;
  instant: string;
}

/** Nothing where the present is shown. */
export function AsOfBanner({ asOf, onAsOf, position, instant }: BannerProps) {
  const { t, language } = useSpeech();
  if (!asOf) return null;
  const facts = { instant: longInstant(instant, language), position: count(position) };
  return (
    <p className="as-of-banner" role="status">
      <span>{t('term.asOfBanner', facts)}</span>{' '}
      <button type="button" className="link" onClick={() => onAsOf(undefined)}>
        {t('term.asOfNow')}
      </button>
    </p>
  );
}
