// A share with what it is a share of; "—" where there is nothing to count.
import type { RateShare } from '../../api/shapes';
import { fraction } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';

/** `few`: too few to compare, so that the counts stand alone; `brief`: without saying why. */
export function Share(props: { share: RateShare | null; few: boolean; brief?: boolean }) {
  const { share, few, brief } = props;
  const { t } = useSpeech();
  if (!share) return <>—</>;
  if (few)
    return (
      <>
        {fraction(share)} {brief ? null : <small className="quiet">{t('handling.few')}</small>}
      </>
    );
  return (
    <>
      <b>{share.percent}%</b> <span className="quiet">{fraction(share)}</span>{' '}
      <small className="quiet">
        {t('handling.interval', { low: share.low, high: share.high })}
      </small>
    </>
  );
}
