// Rows of verdicts: counts always; what was said only where enough answered.
import { Link } from 'react-router-dom';
import type { KindVerdicts, ToldRate, Unit } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { ASKED, takenOut, tellingOf } from './model';

export interface NamedRow {
  key: string;
  name?: string;
  unit?: Unit;
  overlaps?: boolean;
  kind: KindVerdicts | null;
}

export function VerdictTable({ label, rows }: { label: string; rows: NamedRow[] }) {
  const { t } = useSpeech();
  const named = rows.some((row) => row.name || row.unit);
  return (
    <WideTable label={label} asLines>
      <thead>
        <tr>
          {named ? <th scope="col">{t('verdicts.of')}</th> : null}
          <th scope="col">{t('verdicts.askedShort')}</th>
          <th scope="col">{t('verdicts.silentShort')}</th>
          {ASKED.map((name) => (
            <th scope="col" key={name}>
              {t(`verdicts.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            {named ? (
              <th scope="row">
                {row.unit ? (
                  <Link to={`/units/${unitAddress(row.unit)}/verdicts`}>{row.unit.name}</Link>
                ) : (
                  row.name
                )}
                {row.overlaps ? <small> {t('unit.overlaps')}</small> : null}
              </th>
            ) : null}
            <td data-word={t('verdicts.askedShort')}>{row.kind ? count(row.kind.asked) : '—'}</td>
            <td data-word={t('verdicts.silentShort')}>{row.kind ? count(row.kind.silent) : '—'}</td>
            {ASKED.map((name) => (
              <td data-word={t(`verdicts.${name}`)} key={name}>
                {row.kind ? <Share share={row.kind[name]} /> : '—'}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

function Share({ share }: { share: ToldRate }) {
  const { t } = useSpeech();
  const telling = tellingOf(share);
  const told = share.after;
  if (telling === 'hidden') return <span className="quiet">{t('verdicts.hidden')}</span>;
  if (telling === 'nothing' || !told) return <>—</>;
  const part = t('unit.rateOf', {
    part: count(told.numerator),
    whole: count(told.denominator),
  });
  const keptBack =
    share.kept_back > 0 ? (
      <small className="quiet">{t('verdicts.keptBack', { count: share.kept_back })}</small>
    ) : null;
  if (telling === 'counts')
    return (
      <>
        {part} <small className="quiet">{t('verdicts.few')}</small> {keptBack}
      </>
    );
  const out = takenOut(share);
  return (
    <span className="verdict-share">
      {told.percent}% <small>{part}</small>
      <small>
        {t('verdicts.interval', { low: told.low, high: told.high })}
        {share.band && share.band !== 'none' ? ` · ${t(`unit.band_${share.band}`)}` : null}
      </small>
      {out > 0 ? <small className="quiet">{t('verdicts.takenOut', { count: out })}</small> : null}
      {keptBack}
    </span>
  );
}
