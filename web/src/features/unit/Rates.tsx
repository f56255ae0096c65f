// The unit's rates by kind: what each counts, out of what, how sure it is, and both ways.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { KindRates, UnitPage } from '../../api/shapes';
import { getRates } from '../../api/units';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { KindChoice } from '../../ui/KindChoice';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { WideTable } from '../../ui/WideTable';
import { RATES } from './rates';
import { RatesBelow } from './RatesBelow';
import { IntervalBar, ShareText } from './RateShare';

export function Rates({ unit, asOf }: { unit: UnitPage; asOf: string | undefined }) {
  const code = unitAddress(unit);
  const { t } = useSpeech();
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
        <KindChoice kinds={kinds} chosen={kind.kind} onChoose={choose} />
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
      {asOf ? null : (
        <p>
          <Link to={`/units/${code}/verdicts`}>{t('unit.verdictsLink')}</Link>
        </p>
      )}
      <RatesBelow unit={unit} kind={kind} asOf={asOf} />
    </section>
  );
}

function RateTable({ kind }: { kind: KindRates }) {
  const { t } = useSpeech();
  return (
    <WideTable label={t('unit.rates')} asLines>
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
              <td data-word={t('unit.ratesAfter')}>
                {rate.hidden ? (
                  <span className="quiet">{t('unit.ratesHidden')}</span>
                ) : (
                  <ShareText share={rate.after} />
                )}
                {rate.after && rate.few ? <small> {t('unit.ratesFew')}</small> : null}
                {rate.after && rate.kept_back > 0 ? (
                  <small className="quiet">
                    {' '}
                    {t('unit.ratesKeptBack', { count: rate.kept_back })}
                  </small>
                ) : null}
              </td>
              <td data-word={t('unit.ratesInterval')}>
                <IntervalBar share={rate.after} />
              </td>
              <td data-word={t('unit.ratesBefore')}>
                <ShareText share={rate.before} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </WideTable>
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
