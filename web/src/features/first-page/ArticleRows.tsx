// The article's rows as a table: what it says, what the ledger computes now, and the difference.
import { Fragment } from 'react';
import { Link } from 'react-router-dom';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { useQuantityText } from '../../ui/words';
import {
  addressOf,
  difference,
  positionsOf,
  standing,
  type Figure,
  type Read,
  type Value,
} from './figures';
import { FigureValue } from './FigureValue';
import { ROWS, type Row } from './rows';
import type { Figures } from './useFigures';

const CHECKPOINT = '/log/checkpoint';

export function ArticleRows({ figures }: { figures: Figures }) {
  const { t } = useSpeech();
  const of = (wanted: string) =>
    ROWS.filter((row) => standing(row.figures, row.lacks !== undefined) === wanted).length;
  const counts = { computed: of('computed'), partly: of('partly'), notBuilt: of('notBuilt') };
  return (
    <section className="card">
      <h2 id="article">{t('home.article')}</h2>
      <p className="quiet">
        {t('home.articleHint')} {t('home.articleCount', counts)}
      </p>
      <table className="article" aria-labelledby="article">
        <thead>
          <tr>
            <th scope="col">{t('home.colRow')}</th>
            <th scope="col">{t('home.colSays')}</th>
            <th scope="col">{t('home.colFigure')}</th>
            <th scope="col">{t('home.colStated')}</th>
            <th scope="col">{t('home.colComputed')}</th>
            <th scope="col">{t('home.colDifference')}</th>
            <th scope="col">{t('home.colProof')}</th>
          </tr>
        </thead>
        {ROWS.map((row) => (
          <OneRow key={row.row} row={row} read={figures.read} />
        ))}
      </table>
      <Positions answered={figures.answered} />
    </section>
  );
}

function OneRow({ row, read }: { row: Row; read: (figure: Figure) => Read }) {
  const lines = Math.max(1, row.figures.length);
  return (
    <tbody>
      {Array.from({ length: lines }, (_, index) => {
        const figure = row.figures[index];
        return (
          <tr key={index}>
            {index === 0 ? <Says row={row} lines={lines} /> : null}
            {figure ? <Cells figure={figure} read={read(figure)} /> : <td colSpan={5} />}
          </tr>
        );
      })}
    </tbody>
  );
}

function Says({ row, lines }: { row: Row; lines: number }) {
  const { t } = useSpeech();
  const stands = standing(row.figures, row.lacks !== undefined);
  return (
    <>
      <td rowSpan={lines} className="row-number">
        {row.row}
      </td>
      <th scope="rowgroup" rowSpan={lines}>
        <p>
          {t(row.says)} <span className={`tag ${stands}`}>{t(`home.standing_${stands}`)}</span>
        </p>
        {row.note ? <p className="quiet">{t(row.note)}</p> : null}
        {row.lacks ? <p className="quiet">{t('home.lacks', { what: t(row.lacks) })}</p> : null}
      </th>
    </>
  );
}

function Cells({ figure, read }: { figure: Figure; read: Read }) {
  const { t } = useSpeech();
  const text = useQuantityText();
  const name = t(figure.word);
  const value = <FigureValue read={read} />;
  const address = addressOf(figure);
  return (
    <>
      <td className="word">{name}</td>
      <td data-word={t('home.colStated')}>
        {figure.stated ? text(figure.stated) : <span className="quiet">{t('home.notStated')}</span>}
      </td>
      <td data-word={t('home.colComputed')}>
        {figure.page && 'known' in read ? <Link to={figure.page}>{value}</Link> : value}
      </td>
      <td data-word={t('home.colDifference')}>
        <DifferenceText stated={figure.stated} read={read} />
      </td>
      <td data-word={t('home.colProof')} className={address ? 'sources' : 'sources none'}>
        {address ? (
          <Fragment>
            <a href={address} aria-label={t('home.queryOf', { figure: name })}>
              {t('home.query')}
            </a>
            <a
              href={CHECKPOINT}
              title={t('home.proofHint')}
              aria-label={t('home.proofOf', { figure: name })}
            >
              {t('home.proof')}
            </a>
          </Fragment>
        ) : (
          <span className="quiet">—</span>
        )}
      </td>
    </>
  );
}

function DifferenceText({ stated, read }: { stated: Value | undefined; read: Read }) {
  const { t } = useSpeech();
  if (!stated || !('known' in read)) return <span className="quiet">—</span>;
  const found = difference(stated, read.known);
  if ('same' in found) return <span className="quiet">{t('home.diffSame')}</span>;
  if ('less' in found)
    return <b className="soon">{t('home.diffLess', { count: count(found.less) })}</b>;
  return <b className="soon">{t('home.diffMore', { count: count(found.more) })}</b>;
}

function Positions({ answered }: { answered: unknown[] }) {
  const { t } = useSpeech();
  const positions = positionsOf(answered);
  if (!positions) return null;
  const first = count(positions.first);
  const last = count(positions.last);
  return (
    <p className="stamp">
      {first === last
        ? t('home.position', { position: first })
        : t('home.positions', { first, last })}
    </p>
  );
}
