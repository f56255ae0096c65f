// What became of a unit: that it has ended, who has its matters, what it came out of and once was.
import { Fragment, type ReactNode } from 'react';
import type { Unit, UnitPage } from '../../api/shapes';
import { longDay } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { Fact, UnitLink } from '../../ui/words';
import { hasChanged, oldCode, spansOf } from './changes';

interface Props {
  unit: UnitPage;
  /** The code that the page was asked for by. */
  asked: string;
  asOf: string | undefined;
}

export function Changes({ unit, asked, asOf }: Props) {
  const { t, language } = useSpeech();
  if (!hasChanged(unit)) return null;
  const old = oldCode(asked, unit);
  const { successors, came_from, had_code } = unit;
  return (
    <section className="card">
      <h2>{t('unit.changes')}</h2>
      {old ? <p>{t('unit.oldCode', { old, code: unit.code })}</p> : null}
      <dl className="facts">
        {unit.to ? <Fact label={t('unit.lastDay')}>{longDay(unit.to, language)}</Fact> : null}
        {successors.length > 0 ? (
          <Fact label={t('unit.successors')}>
            <Listed units={successors} asOf={asOf} />
          </Fact>
        ) : null}
        {came_from.map(({ unit: from, how, from: since }) => (
          <Fact key={`${how} ${from.code} ${from.at ?? ''}`} label={t(`unit.cameFrom_${how}`)}>
            <UnitLink unit={from} asOf={asOf} />{' '}
            <small className="quiet">{t('unit.since', { day: longDay(since, language) })}</small>
          </Fact>
        ))}
        {had_code.length > 0 ? (
          <Fact label={t('unit.hadCode')}>
            <Listed units={had_code} asOf={asOf} />
          </Fact>
        ) : null}
      </dl>
      {unit.to && successors.length > 0 ? <p className="quiet">{t('unit.endedHint')}</p> : null}
      <Once unit={unit} asOf={asOf} />
    </section>
  );
}

function Listed({ units, asOf }: { units: Unit[]; asOf: string | undefined }): ReactNode {
  return units.map((one, index) => (
    <Fragment key={`${one.code} ${one.at ?? ''}`}>
      {index > 0 ? ' · ' : null}
      <UnitLink unit={one} asOf={asOf} />
    </Fragment>
  ));
}

function Once({ unit, asOf }: { unit: UnitPage; asOf: string | undefined }) {
  const { t, language } = useSpeech();
  const spans = spansOf(unit);
  if (spans.length === 0) return null;
  return (
    <>
      <h3>{t('unit.once')}</h3>
      <ul className="plain">
        {spans.map((span) => (
          <li key={span.to}>
            {longDay(span.from, language)} – {longDay(span.to, language)} <b>{span.name}</b>{' '}
            <span className="quiet code">{span.code}</span>{' '}
            <span className="quiet">
              {t('unit.path')} <UnitLink unit={span.parent} asOf={asOf} />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
