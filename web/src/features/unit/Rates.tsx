// The unit's rates by kind: what each counts, out of what, how sure it is, and both ways.
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { useState } from 'react';
import type { KindRates, RateId, RateShare } from '../../api/shapes';
import { getRates } from '../../api/units';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { WideTable } from '../../ui/WideTable';

const RATES: RateId[] = [
  'completion',
  'on_time_original',
  'on_time_amended',
  'overdue',
  'rebound',
  'first_pass',
  'response',
  'solved',
  'satisfied',
  'callback',
];

export function Rates({ code, asOf }: { code: string; asOf: string | undefined }) {
  const { t, pick } = useSpeech();
  const asked = useQuery({
    queryKey: asOf ? ['unit', code, 'rates', asOf] : ['unit', code, 'rates'],
    queryFn: () => getRates(code, asOf),
  });
  const [chosen, choose] = useState<string>();
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={4} />;
  const kinds = asked.data.rows.filter((row) => row.total > 0);
  const kind = kinds.find((row) => row.kind === chosen) ?? kinds[0];
  if (!kind) return null;
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('unit.rates')}</h2>
        {kinds.length > 1 ? (
          <Segmented
            value={kind.kind}
            onChange={choose}
            options={kinds.map((row) => ({ value: row.kind, label: pick(row.title) }))}
          />
        ) : null}
      </div>
      <p className="quiet">
        {t('unit.ratesNumbers', {
          total: count(kind.total),
          done: count(kind.done),
          stage: count(kind.stage_done),
          excluded: count(kind.excluded),
          dropped: count(kind.dropped),
        })}
      </p>
      <RateTable kind={kind} />
      <Days kind={kind} />
      <p className="quiet">{t('unit.ratesHint')}</p>
    </section>
  );
}

function RateTable({ kind }: { kind: KindRates }) {
  const { t } = useSpeech();
  return (
    <WideTable label={t('unit.rates')}>
      <thead>
        <tr>
          <th scope="col">{t('unit.rate')}</th>
          <th scope="col">{t('unit.ratesAfter')}</th>
          <th scope="col">{t('unit.ratesInterval')}</th>
          <th scope="col">{t('unit.ratesBefore')}</th>
        </tr>
      </thead>
      <tbody>
        {RATES.map((name) => {
          const rate = kind.rates[name];
          return (
            <tr key={name}>
              <th scope="row">{t(`unit.rate_${name}`)}</th>
              <td>
                <ShareText share={rate.after} />
                {rate.after && rate.few ? <small> {t('unit.ratesFew')}</small> : null}
              </td>
              <td>
                <IntervalBar share={rate.after} />
              </td>
              <td>
                <ShareText share={rate.before} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </WideTable>
  );
}

function ShareText({ share }: { share: RateShare }) {
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
function IntervalBar({ share }: { share: RateShare }) {
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

function Days({ kind }: { kind: KindRates }) {
  const { t } = useSpeech();
  const days = kind.days.after;
  return (
    <p>
      {t('unit.ratesDays', {
        median: days ? count(days.median) : '—',
        most: days ? count(days.p90) : '—',
        items: count(days?.count ?? 0),
      })}
    </p>
  );
}
