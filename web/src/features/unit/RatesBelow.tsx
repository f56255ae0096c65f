// One rate of the units below, in the order of the tree only: bands beside the whole, and no rank.
import { useSearchParams } from 'react-router-dom';
import type { KindRates, RateId, UnitPage } from '../../api/shapes';
import { getRatesBelow } from '../../api/units';
import { withQuery } from '../../lib/address';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { usePages } from '../../ui/usePages';
import { WideTable } from '../../ui/WideTable';
import { PartLink } from '../../ui/words';
import { rateIn, RATES, readRate, rowsOf, tellingOf, type RateRow } from './rates';
import { IntervalBar } from './RateShare';

interface Props {
  unit: UnitPage;
  kind: KindRates;
  asOf: string | undefined;
}

export function RatesBelow({ unit, kind, asOf }: Props) {
  const { t } = useSpeech();
  const [search, setSearch] = useSearchParams();
  const rate = readRate(search.get('rate'));
  if (unit.children === 0) return null;
  const choose = (next: string) =>
    setSearch(withQuery(search, { rate: next || null }), {
      replace: true,
      preventScrollReset: true,
    });
  return (
    <>
      <h3 className="rates-below">{t('unit.ratesBelow')}</h3>
      <p className="quiet">{t('unit.ratesBelowHint')}</p>
      <select
        aria-label={t('unit.ratesChoose')}
        value={rate ?? ''}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{t('unit.ratesChoose')}</option>
        {RATES.map((name) => (
          <option key={name} value={name}>
            {t(`unit.rate_${name}`)}
          </option>
        ))}
      </select>
      {rate ? <OneRate code={unitAddress(unit)} kind={kind} rate={rate} asOf={asOf} /> : null}
    </>
  );
}

function OneRate(props: { code: string; kind: KindRates; rate: RateId; asOf: string | undefined }) {
  const { t } = useSpeech();
  const { code, kind, rate, asOf } = props;
  // A scan of every row for all of them: asked for once a rate is chosen, and one answer for each.
  const asked = usePages(
    ['unit', code, 'rates-below', kind.kind, asOf],
    (cursor: string | undefined) => getRatesBelow(code, kind.kind, cursor, asOf),
  );
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={6} />;
  const { pages } = asked.data;
  const alone = (rows: KindRates[] | null | undefined): Shown => ({
    overlaps: false,
    ...tellingOf(rateIn(rows ?? [], kind.kind, rate)),
    band: null,
  });
  const own = alone(pages[0]?.own);
  return (
    <>
      <WideTable label={t('unit.ratesBelow')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('term.unit')}</th>
            <th scope="col">{t('unit.ratesPart')}</th>
            <th scope="col">{t('unit.ratesWhole')}</th>
            <th scope="col">{t('unit.ratesShare')}</th>
            <th scope="col">{t('unit.ratesInterval')}</th>
            <th scope="col">{t('unit.ratesBand')}</th>
          </tr>
        </thead>
        <tbody>
          <Row row={alone(pages[0]?.rows)} name={t('unit.wholeRow')} />
          {rowsOf(pages, kind.kind, rate).map((row) => (
            <Row key={unitAddress(row.unit)} row={row} asOf={asOf} />
          ))}
          {own.share || own.hidden ? <Row row={own} name={t('unit.ownRow')} /> : null}
        </tbody>
      </WideTable>
      <MoreRows asked={asked} />
    </>
  );
}

type Shown = Omit<RateRow, 'unit'> & Partial<Pick<RateRow, 'unit'>>;

function Row({ row, name, asOf }: { row: Shown; name?: string; asOf?: string | undefined }) {
  const { t } = useSpeech();
  const { share, band } = row;
  // Where there are too few to compare, the counts alone are told.
  const comparable = band === 'too_few' ? null : share;
  return (
    <tr>
      <th scope="row">
        {row.unit ? <PartLink part={{ ...row, unit: row.unit }} asOf={asOf} /> : <b>{name}</b>}
      </th>
      <td data-word={t('unit.ratesPart')}>{share ? count(share.numerator) : '—'}</td>
      <td data-word={t('unit.ratesWhole')}>{share ? count(share.denominator) : '—'}</td>
      <td data-word={t('unit.ratesShare')}>
        {comparable ? `${comparable.percent}%` : row.hidden ? t('unit.ratesHidden') : '—'}
      </td>
      <td data-word={t('unit.ratesInterval')}>
        <IntervalBar share={comparable} />
      </td>
      <td data-word={t('unit.ratesBand')}>{band ? t(`unit.band_${band}`) : '—'}</td>
    </tr>
  );
}
