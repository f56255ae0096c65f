// The article's figures next to those of the demonstration, each with the query it comes from.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';
import { getStated } from '../../api/stated';
import type { StatedFigure, StatedRow } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { usePageTitle } from '../../ui/usePageTitle';
import { WideTable } from '../../ui/WideTable';
import { StampLine } from '../../ui/words';
import { differenceOf, valueText } from './model';
import './stated.css';

export function StatedPage() {
  const { t } = useSpeech();
  usePageTitle(t('stated.title'));
  const { hash } = useLocation();
  const asked = useQuery({ queryKey: ['stated'], queryFn: getStated });
  const rowsThere = asked.data !== undefined;
  // The row in the address is there only now.
  useEffect(() => {
    if (rowsThere && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [rowsThere, hash]);
  return (
    <>
      <h1>{t('stated.title')}</h1>
      <p className="quiet">{t('stated.hint')}</p>
      {asked.error && !asked.data ? <ErrorNotice error={asked.error} /> : null}
      {asked.isLoading ? <Loading /> : null}
      {asked.data ? (
        <>
          {asked.data.rows.map((row) => (
            <OneRow key={row.row} row={row} />
          ))}
          <StampLine position={asked.data.position} instant={asked.data.instant} />
        </>
      ) : null}
    </>
  );
}

function OneRow({ row }: { row: StatedRow }) {
  const { t, pick } = useSpeech();
  return (
    <section className="card stated" id={`row-${row.row}`}>
      <h2>
        <span className="quiet">{row.row}</span> {pick(row.says)}
      </h2>
      <WideTable label={pick(row.says)} asLines words>
        <thead>
          <tr>
            <th scope="col">{t('stated.figure')}</th>
            <th scope="col">{t('stated.stated')}</th>
            <th scope="col">{t('stated.computed')}</th>
            <th scope="col">{t('stated.difference')}</th>
            <th scope="col">{t('stated.query')}</th>
          </tr>
        </thead>
        <tbody>
          {row.figures.map((figure) => (
            <OneFigure key={figure.figure} figure={figure} />
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}

function OneFigure({ figure }: { figure: StatedFigure }) {
  const { t, pick } = useSpeech();
  const { stated } = figure;
  const measured = (value: number | string) => valueText(value) + (figure.unit ?? '');
  const over = stated?.qualifier === 'over';
  return (
    <tr>
      <th scope="row">
        {pick(figure.title)}
        {figure.note ? <span className="note quiet">{pick(figure.note)}</span> : null}
      </th>
      <td data-word={t('stated.stated')} className={stated ? undefined : 'quiet'}>
        {stated
          ? over
            ? t('stated.over', { value: measured(stated.value) })
            : measured(stated.value)
          : t('stated.notStated')}
      </td>
      <td data-word={t('stated.computed')}>
        {figure.computed === null ? '—' : measured(figure.computed)}
      </td>
      <td data-word={t('stated.difference')}>
        <Difference figure={figure} />
      </td>
      <td data-word={t('stated.query')} className="queries">
        {figure.queries.map((query) => (
          <div key={query.path + query.pointer}>
            <a href={query.path}>{query.path}</a> <code>{query.pointer}</code>
            {query.as ? (
              <span className="quiet"> {t('stated.as', { account: query.as })}</span>
            ) : null}
          </div>
        ))}
      </td>
    </tr>
  );
}

function Difference({ figure }: { figure: StatedFigure }) {
  const { t } = useSpeech();
  const found = differenceOf(figure);
  if (found === 'none') return <span className="quiet">—</span>;
  if (found === 'same') return <span className="quiet">{t('stated.same')}</span>;
  return <b className="soon">{found === 'other' ? t('stated.other') : found}</b>;
}
