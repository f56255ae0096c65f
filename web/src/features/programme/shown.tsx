// How coverage is written everywhere on the page: counts, their share, and a status with its day.
import { Link, useSearchParams } from 'react-router-dom';
import type { CoverageStatus, Requirement, Unit, UnitSince } from '../../api/shapes';
import { withQuery } from '../../lib/address';
import { longDay } from '../../lib/days';
import { count, percent } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import type { Share } from './model';

/** What the parts about one requirement at one unit are given. */
export interface At {
  programme: string;
  unit: Unit;
  requirement: Requirement;
}

/** "688 / 697  98.7 %"; a dash where none is asked. */
export function ShareText({ share }: { share: Share | null }) {
  const { t } = useSpeech();
  if (!share || share.asked === 0) return <>—</>;
  return (
    <>
      {t('programme.coveredOf', { covered: count(share.covered), asked: count(share.asked) })}{' '}
      <small>{percent({ numerator: share.covered, denominator: share.asked })}</small>
    </>
  );
}

const TONES: Partial<Record<CoverageStatus, string>> = {
  open: 'soon',
  none_claimed: 'soon',
  met: 'good',
  none_checked: 'good',
};

export function StatusText({ status, late }: { status: CoverageStatus; late: boolean }) {
  const { t } = useSpeech();
  return (
    <>
      <span className={late ? 'late' : TONES[status]}>{t(`programme.status_${status}`)}</span>
      {late ? <span className="late"> · {t('programme.late')}</span> : null}
    </>
  );
}

/** A unit, leading to this page at it. */
export function PlaceLink({ unit, programme }: { unit: Unit; programme: string }) {
  const [search] = useSearchParams();
  const query = withQuery(search, { unit: unitAddress(unit) }).toString();
  return <Link to={`/programmes/${programme}?${query}`}>{unit.name}</Link>;
}

/** What became of a unit since it was asked, where it is not called as it was or has ended. */
export function SinceText(props: { was: Unit; now: UnitSince | undefined; programme: string }) {
  const { t, language } = useSpeech();
  const { was, now, programme } = props;
  if (!now) return null;
  const renamed = now.code !== was.code || now.name !== was.name;
  return (
    <small className="quiet">
      {renamed ? <> · {t('programme.nowCalled', { name: now.name, code: now.code })}</> : null}
      {now.to ? <> · {t('programme.nowEnded', { day: longDay(now.to, language) })}</> : null}
      {now.successor ? (
        <>
          {' · '}
          {t('programme.answeredBy')} <PlaceLink unit={now.successor} programme={programme} />
        </>
      ) : null}
    </small>
  );
}
