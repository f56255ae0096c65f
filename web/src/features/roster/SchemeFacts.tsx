// What holds of a scheme as a whole, in words.
import type { SchemeRow } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { RateText } from '../../ui/words';

export function Term({ scheme }: { scheme: SchemeRow }) {
  const { t, language } = useSpeech();
  if (!scheme.term) return <>{t('roster.termNone')}</>;
  return (
    <>
      {t('roster.termText', {
        first: longDay(scheme.term.first, language),
        last: longDay(scheme.term.last, language),
      })}
    </>
  );
}

/** Whether agreements hold, and if not, what they wait for. */
export function Standing({ scheme }: { scheme: SchemeRow }) {
  const { t, language } = useSpeech();
  if (!scheme.term) return <>—</>;
  if (scheme.lapsed) return <span className="tag">{t('roster.lapsed')}</span>;
  if (scheme.in_effect)
    return (
      <span className="tag phase-closed">
        {t('roster.holds', { day: longDay(scheme.in_effect, language) })}
      </span>
    );
  if (scheme.term.percent === null) return <>{t('roster.byItself')}</>;
  return (
    <>
      {t('roster.waiting')}
      <small> {t('roster.needs', { percent: scheme.term.percent })}</small>
    </>
  );
}

export function Register({ scheme }: { scheme: SchemeRow }) {
  const { t, language } = useSpeech();
  if (!scheme.register_day) return <>{t('roster.registerOpen')}</>;
  return <>{t('roster.frozenOn', { day: longDay(scheme.register_day, language) })}</>;
}

export function Households({ scheme }: { scheme: SchemeRow }) {
  return <>{scheme.households === null ? '—' : count(scheme.households)}</>;
}

/** How many have signed, of all households. */
export function Signed({ scheme }: { scheme: SchemeRow }) {
  const { t } = useSpeech();
  const hint = t('roster.rate', {
    numerator: scheme.signed,
    denominator: scheme.households ?? 0,
  });
  return <RateText rate={scheme.signing} hint={hint} />;
}
