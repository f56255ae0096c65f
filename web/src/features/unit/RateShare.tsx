// A rate as it is shown: never without what it counts and out of what, and how sure it is.
import type { RateShare } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';

export function ShareText({ share }: { share: RateShare }) {
  const { t } = useSpeech();
  if (!share) return <>—</>;
  return (
    <>
      {share.percent}%{' '}
      <small>
        {t('unit.rateOf', { part: count(share.numerator), whole: count(share.denominator) })}
      </small>
    </>
  );
}

/** From 0 to 100 %: the interval as a bar, the rate itself as a mark in it; the ends in words. */
export function IntervalBar({ share }: { share: RateShare }) {
  if (!share) return <>—</>;
  const low = Number(share.low);
  const high = Number(share.high);
  return (
    <span className="interval">
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect className="track" x="0" y="4" width="100" height="2" />
        <rect className="reach" x={low} y="2" width={Math.max(high - low, 0.5)} height="6" />
        <rect
          className="mark"
          x={Math.min(Number(share.percent), 99)}
          y="0"
          width="1"
          height="10"
        />
      </svg>
      <small>
        {share.low}–{share.high}%
      </small>
    </span>
  );
}
