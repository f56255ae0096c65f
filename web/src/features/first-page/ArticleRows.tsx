// The article's rows: what it says, and how many of its figures the ledger answers.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getStated } from '../../api/stated';
import type { StatedRow } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ROWS, type Row } from './rows';

export function ArticleRows() {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['stated'], queryFn: getStated });
  const told = new Map(data?.rows.map((row) => [row.row, row]));
  const of = (wanted: Standing) =>
    ROWS.filter((row) => standing(row, told.get(row.row)) === wanted).length;
  const counts = { computed: of('computed'), partly: of('partly'), notPlayed: of('notPlayed') };
  return (
    <section className="card">
      <h2>{t('home.article')}</h2>
      <p className="quiet">
        {t('home.articleHint')} {data ? t('home.articleCount', counts) : null}
      </p>
      <ol className="article">
        {ROWS.map((row) => (
          <OneRow key={row.row} row={row} told={told.get(row.row)} known={data !== undefined} />
        ))}
      </ol>
    </section>
  );
}

type Standing = 'computed' | 'partly' | 'notPlayed';

function standing({ lacks }: Row, told: StatedRow | undefined): Standing {
  if (!told) return 'notPlayed';
  return lacks ? 'partly' : 'computed';
}

interface Props {
  row: Row;
  told: StatedRow | undefined;
  known: boolean;
}

function OneRow({ row, told, known }: Props) {
  const { t } = useSpeech();
  const stands = standing(row, told);
  const differing = told?.figures.filter((figure) => figure.agrees === false).length ?? 0;
  return (
    <li>
      <p>
        {t(row.says)}{' '}
        {known ? <span className={`tag ${stands}`}>{t(`home.standing_${stands}`)}</span> : null}
      </p>
      {told ? (
        <Link to={`/stated#row-${row.row}`}>
          {t('home.figures', { count: told.figures.length })}
          {differing > 0 ? t('home.figuresDiffer', { count: differing }) : null}
        </Link>
      ) : null}
      {row.lacks ? <p className="quiet">{t('home.lacks', { what: t(row.lacks) })}</p> : null}
    </li>
  );
}
