// One unit: where it stands, its numbers, the units below it, and the last weeks.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import type { UnitPage as UnitAnswer, UnitWhole } from '../../api/shapes';
import { getUnit } from '../../api/units';
import { asSearch, withQuery } from '../../lib/address';
import { readAsOf, withAsOf } from '../../lib/asOf';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import type { Ahead } from '../../ui/ahead';
import { AsOfBanner, AsOfPicker } from '../../ui/AsOf';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { resultWord, unitWord } from '../../ui/quantities';
import { useHere, works } from '../../ui/SessionContext';
import {
  RateText,
  StampLine,
  unitKindKey,
  UnitLink,
  UnitPath,
  useQuantityText,
} from '../../ui/words';
import { useSpeech } from '../../ui/LanguageContext';
import { useLater } from '../../ui/useLater';
import { usePageTitle } from '../../ui/usePageTitle';
import { Burden } from './Burden';
import { Changes } from './Changes';
import { addressThen } from './changes';
import { Children } from './Children';
import { sumOf } from './model';
import { Rates } from './Rates';
import { ThenAndNow } from './ThenAndNow';
import { Trend } from './Trend';
import { UnitCoverage } from './UnitCoverage';

const unitOf = (code: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: asOf ? ['unit', code, asOf] : ['unit', code],
    queryFn: () => getUnit(code, asOf),
  });

export const ahead: Ahead = ({ params, search, here, queries }) =>
  void queries.prefetchQuery(unitOf(params.code ?? here.ledger.root.code, readAsOf(search)));

export function RootUnitPage() {
  return <OneUnit code={useHere().ledger.root.code} />;
}

export function UnitPage() {
  const { code = '' } = useParams();
  return <OneUnit code={code} />;
}

function OneUnit({ code }: { code: string }) {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const navigate = useNavigate();
  const asOf = readAsOf(search);
  const asked = useQuery(unitOf(code, asOf));
  const later = useLater(Boolean(asked.data));
  // The same unit at another moment, whatever code it has or had then.
  function onAsOf(next: string | undefined) {
    const query = withQuery(search, { as_of: next });
    const shown = asked.data;
    if (!shown) return setSearch(query);
    const address = next ? addressThen(shown) : unitAddress(shown.now ?? shown);
    void navigate(`/units/${address}${asSearch(query)}`);
  }
  usePageTitle(asked.data?.name ?? t('shell.units'));
  const picker = <AsOfPicker asOf={asOf} onAsOf={onAsOf} />;
  if (asked.error && !asked.data)
    return (
      <>
        <ErrorNotice error={asked.error} />
        {asOf ? picker : null}
      </>
    );
  if (!asked.data) return <Loading rows={8} />;
  const unit = asked.data;
  return (
    <>
      <UnitPath path={unit.path} here asOf={asOf} />
      <div className="head">
        <h1>{unit.name}</h1>
        <span className="tag">
          {unit.placeholder ? t('unit.placeholder') : t(unitKindKey(unit.kind))}
        </span>
        {unit.to ? <span className="tag">{t('unit.ended')}</span> : null}
        <span className="quiet code">{unit.code}</span>
      </div>
      <AsOfBanner asOf={asOf} onAsOf={onAsOf} position={unit.position} instant={unit.instant} />
      <Numbers unit={unit} asOf={asOf} />
      <ThenAndNow unit={unit} />
      <Changes unit={unit} asked={code} asOf={asOf} />
      <div className="stamp-row">
        <StampLine position={unit.position} instant={unit.instant} />
        {picker}
      </div>
      <Rates unit={unit} asOf={asOf} />
      {asOf ? null : <UnitCoverage unit={unit} />}
      <Children unit={unit} asOf={asOf} />
      {later ? (
        <>
          {asOf ? null : <Burden code={unitAddress(unit)} />}
          <Trend weeks={unit.trend.weeks} />
          <Quantities unit={unit} />
          <Lines unit={unit} />
        </>
      ) : null}
    </>
  );
}

interface Look {
  tone?: string;
  hint?: string;
}

function Numbers({ unit, asOf }: { unit: UnitAnswer; asOf: string | undefined }) {
  const { t } = useSpeech();
  const { session } = useHere();
  const sum = sumOf(unit.totals);
  const to = (more: string) => withAsOf(`/items?unit=${unitAddress(unit)}${more}`, asOf);
  const number = (word: string, value: number, more: string, look: Look = {}) => (
    <div className="number">
      <dt>{word}</dt>
      <dd className={value > 0 ? look.tone : undefined}>
        {works(session) ? <Link to={to(more)}>{count(value)}</Link> : count(value)}
        {look.hint ? <small className="number-hint"> {look.hint}</small> : null}
      </dd>
    </div>
  );
  return (
    <dl className="numbers card">
      {number(t('term.open'), sum.open, '&open=yes')}
      {number(t('term.overdue'), sum.overdue, '&overdue=yes', { tone: 'late' })}
      {sum.standing > 0
        ? number(t('term.phase_standing'), sum.standing, '&phase=standing', {
            hint: t('unit.standingHint'),
          })
        : null}
      {number(t('term.closedFixed'), sum.closed_fixed, '&phase=closed&fixed=yes')}
      {number(t('term.reopened'), sum.reopened, '&reopened=yes')}
      <div className="number">
        <dt>{t('term.completion')}</dt>
        <dd>
          <RateText rate={sum.completion} hint={t('unit.completionHint')} />
        </dd>
      </div>
      <div className="number">
        <dt>{t('term.fixedRate')}</dt>
        <dd>
          <RateText rate={sum.fixed} hint={t('unit.fixedHint')} />
        </dd>
      </div>
    </dl>
  );
}

function Quantities({ unit }: { unit: UnitAnswer }) {
  const { t } = useSpeech();
  const text = useQuantityText();
  if (!unit.quantities?.length) return null;
  return (
    <section className="card">
      <h2>{t('unit.quantities')}</h2>
      <p className="quiet">{t('unit.quantitiesHint')}</p>
      <ul className="plain">
        {unit.quantities.map((sum) => (
          <li key={sum.id + sum.unit}>
            {resultWord(sum.id, t)} <b>{text(sum)}</b> {unitWord(sum.unit, t)}{' '}
            <span className="quiet">{t('unit.quantityItems', { count: sum.items })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Lines({ unit }: { unit: UnitAnswer & Partial<UnitWhole> }) {
  const { t } = useSpeech();
  if (unit.lines.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('unit.lines')}</h2>
      <ul className="plain">
        {unit.lines.map((line) => (
          <li key={line.superior.code + line.line + line.from}>
            {t(`unit.line_${line.line}`)} <UnitLink unit={line.superior} />{' '}
            <span className="quiet">
              {line.from} – {line.to ?? ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
