// Every indicator: where it stands, its picture, and each number that was reported with its source.
import type { Indicator, Results } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { quantityWords, resultWord, unitWord, valueWord } from '../../ui/quantities';
import { useHere } from '../../ui/SessionContext';
import { WideTable } from '../../ui/WideTable';
import { Day } from '../../ui/words';
import { IndicatorPicture } from './IndicatorPicture';
import { percentText } from './model';

export function Indicators({ results }: { results: Results }) {
  const { t } = useSpeech();
  if (results.indicators.length === 0)
    return <p className="quiet card">{t('project.indicatorsNone')}</p>;
  return (
    <>
      {results.indicators.map((indicator) => (
        <OneIndicator key={indicator.id} indicator={indicator} results={results} />
      ))}
    </>
  );
}

function OneIndicator({ indicator, results }: { indicator: Indicator; results: Results }) {
  const { t } = useSpeech();
  const { today } = useHere().ledger;
  const { target, actual } = indicator;
  const earlier = indicator.targets.slice(0, -1);
  const wanted = valueWord(target, t);
  return (
    <section className="card">
      <div className="card-head">
        <h2>
          {resultWord(indicator.id, t)} ({unitWord(indicator.unit, t)})
        </h2>
        <b>{percentText(indicator.rate)}</b>
      </div>
      <p>
        {t('project.target')}{' '}
        {earlier.map((each) => (
          <span key={each.record}>
            <del>{quantityWords(each.quantity, t)}</del>{' '}
          </span>
        ))}
        <b>{target.bound === 'at_most' ? t('item.atMost', { count: wanted }) : wanted}</b>
        {target.baseline === undefined ? null : (
          <span className="quiet"> {t('project.baseline', { count: target.baseline })}</span>
        )}
        {' · '}
        {t('project.actual')} <b>{actual ? valueWord(actual, t) : '—'}</b>{' '}
        {actual?.as_of ? <Day day={actual.as_of} /> : null}
      </p>
      <IndicatorPicture
        indicator={indicator}
        days={{ from: results.planned_on, due: results.due, today }}
      />
      <Actuals indicator={indicator} />
    </section>
  );
}

function Actuals({ indicator }: { indicator: Indicator }) {
  const { t, language } = useSpeech();
  if (indicator.actuals.length === 0) return <p className="quiet">{t('project.actualsNone')}</p>;
  return (
    <WideTable label={t('project.actuals')}>
      <thead>
        <tr>
          <th scope="col">{t('project.asOf')}</th>
          <th scope="col">{t('project.actual')}</th>
          <th scope="col">{t('project.source')}</th>
          <th scope="col">{t('project.recorded')}</th>
        </tr>
      </thead>
      <tbody>
        {[...indicator.actuals].reverse().map((each) => (
          <tr key={each.record}>
            <td>
              <Day day={each.quantity.as_of ?? null} />
            </td>
            <td>{valueWord(each.quantity, t)}</td>
            <td className="words">
              {each.source_doc ?? ''}
              {each.files.length > 0 ? (
                <span className="quiet"> {t('project.files', { count: each.files.length })}</span>
              ) : null}
            </td>
            <td>
              {longInstant(each.at, language)}
              {each.by ? <span className="quiet"> {each.by.unit.name}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
