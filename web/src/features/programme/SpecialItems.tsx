// What rolls up to each special rectification item, here and below: how it stands, and from where.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getRectification } from '../../api/programmes';
import type { Counts, SpecialItem, Unit } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice } from '../../ui/Notice';
import { WideTable } from '../../ui/WideTable';
import { phaseKey, StampLine } from '../../ui/words';
import { FIGURES, listOf, phasesOf, shownItems, type Figure } from './findings';

interface Props {
  programme: string;
  unit: Unit;
}

export function SpecialItems({ programme, unit }: Props) {
  const { t } = useSpeech();
  const asked = useQuery({
    queryKey: ['rectification', programme, unitAddress(unit)],
    queryFn: () => getRectification(programme, unitAddress(unit)),
  });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  const items = shownItems(asked.data?.items ?? []);
  if (!asked.data || items.length === 0) return null;
  return (
    <section className="card special-items">
      <h2>{t('programme.findings')}</h2>
      <p className="quiet">{t('programme.findingsHint')}</p>
      <WideTable label={t('programme.findings')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('form.special')}</th>
            {FIGURES.map((figure) => (
              <th key={figure} scope="col">
                {t(`programme.figure_${figure}`)}
              </th>
            ))}
            <th scope="col">{t('programme.shares')}</th>
            <th scope="col">{t('programme.sources')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row key={item.special} item={item} unit={unitAddress(unit)} />
          ))}
          <tr>
            <th scope="row">{t('programme.whole')}</th>
            {FIGURES.map((figure) => (
              <td key={figure} data-word={t(`programme.figure_${figure}`)}>
                {count(asked.data.findings[figure])}
              </td>
            ))}
            <td data-word={t('programme.shares')}>{count(asked.data.shares.total)}</td>
            <td data-word={t('programme.sources')}>
              <Sources sources={asked.data.sources} special={null} unit={unitAddress(unit)} />
            </td>
          </tr>
        </tbody>
      </WideTable>
      <StampLine position={asked.data.position} instant={asked.data.instant} />
    </section>
  );
}

function Row({ item, unit }: { item: SpecialItem; unit: string }) {
  const { t, pick } = useSpeech();
  const { special, findings, shares } = item;
  return (
    <tr>
      <th scope="row">
        <span style={{ paddingLeft: `${item.depth * 16}px` }}>{pick(item.title)}</span>{' '}
        <span className="tag">{t(`programme.setBy_${item.set_by}`)}</span>
        {item.dropped ? <span className="quiet"> {t('programme.dropped')}</span> : null}
        <Phases counts={findings} special={special} unit={unit} />
      </th>
      {FIGURES.map((figure) => (
        <td key={figure} data-word={t(`programme.figure_${figure}`)}>
          <Figured figure={figure} counts={findings} special={special} unit={unit} />
        </td>
      ))}
      <td data-word={t('programme.shares')}>
        <Listed to={listOf({ unit, special, share: 'yes' })} value={shares.total} />
      </td>
      <td data-word={t('programme.sources')}>
        <Sources sources={item.sources} special={special} unit={unit} />
      </td>
    </tr>
  );
}

function Figured(props: { figure: Figure; counts: Counts; special: string; unit: string }) {
  const { figure, counts, special, unit } = props;
  return <Listed to={listOf({ unit, special, share: 'no' }, figure)} value={counts[figure]} />;
}

/** A number that leads to the list it counts; none where it counts nothing. */
function Listed({ to, value }: { to: string; value: number }) {
  return value === 0 ? <>0</> : <Link to={to}>{count(value)}</Link>;
}

function Phases({ counts, special, unit }: { counts: Counts; special: string; unit: string }) {
  const { t } = useSpeech();
  const phases = phasesOf(counts);
  if (phases.length === 0) return null;
  return (
    <small className="words">
      {phases.map(({ phase, count: value }, index) => (
        <span key={phase}>
          {index > 0 ? ' · ' : null}
          {t(phaseKey(phase))}{' '}
          <Listed to={listOf({ unit, special, share: 'no', phase })} value={value} />
        </span>
      ))}
    </small>
  );
}

function Sources(props: { sources: SpecialItem['sources']; special: string | null; unit: string }) {
  const { pick } = useSpeech();
  const { sources, special, unit } = props;
  if (sources.length === 0) return <>—</>;
  return (
    <ul className="plain">
      {sources.map(({ kind, source, title, counts }) => (
        <li key={`${kind} ${source}`}>
          {title ? pick(title) : source}{' '}
          {special ? (
            <Listed
              to={listOf({ unit, special, share: 'no', kind, source })}
              value={counts.total}
            />
          ) : (
            count(counts.total)
          )}
        </li>
      ))}
    </ul>
  );
}
