// A model and all its copies: what they bring together, and each of them.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getCopies, getCopiesTable } from '../../api/results';
import type { Copies as CopiesAnswer } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { resultWord, unitWord, valueWord } from '../../ui/quantities';
import { TableButton } from '../../ui/TableButton';
import { WideTable } from '../../ui/WideTable';
import { UnitLink } from '../../ui/words';
import { percentText, yuanText } from './model';

export function Copies({ no }: { no: string }) {
  const { t } = useSpeech();
  const asked = useQuery({ queryKey: ['item', no, 'copies'], queryFn: () => getCopies(no) });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={4} />;
  const { totals, model, items } = asked.data;
  const money: [string, number][] = [
    [t('project.fundsPlanned'), totals.funds.planned_fen],
    [t('project.fundsInPlace'), totals.funds.in_place_fen],
    [t('project.fundsPaid'), totals.funds.paid_fen],
  ];
  return (
    <section className="card">
      <div className="card-head">
        <h2>{t('project.copies', { count: totals.item_count })}</h2>
        <TableButton load={() => getCopiesTable(no)} name={`copies-${no}.csv`} />
      </div>
      <p className="quiet">
        {t('project.copiesHint')}
        {model && model !== no ? (
          <>
            {' '}
            <Link to={`/projects/${model}`}>{t('project.model')}</Link>
          </>
        ) : null}
      </p>
      <Totals totals={totals} />
      <p>
        {t('project.money')}: {money.map(([word, fen]) => `${word} ${yuanText(fen)}`).join(' · ')}
      </p>
      <Members items={items} model={model} />
    </section>
  );
}

function Totals({ totals }: { totals: CopiesAnswer['totals'] }) {
  const { t } = useSpeech();
  return (
    <WideTable label={t('project.totals')}>
      <thead>
        <tr>
          <th scope="col">{t('project.indicator')}</th>
          <th scope="col">{t('project.target')}</th>
          <th scope="col">{t('project.actual')}</th>
          <th scope="col">{t('project.verified')}</th>
        </tr>
      </thead>
      <tbody>
        {totals.indicators.map(({ target, reached, verified }) => (
          <tr key={`${target.id} ${target.unit}`}>
            <th scope="row">
              {resultWord(target.id, t)} ({unitWord(target.unit, t)})
            </th>
            <td>{target.item_count === 0 ? '—' : valueWord(target, t)}</td>
            <td>
              <b>{reached.item_count === 0 ? '—' : valueWord(reached, t)}</b>
            </td>
            <td>{verified.item_count === 0 ? '—' : valueWord(verified, t)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

function Members({ items, model }: { items: CopiesAnswer['items']; model: string | null }) {
  const { t, pick } = useSpeech();
  return (
    <WideTable label={t('project.members')}>
      <thead>
        <tr>
          <th scope="col">{t('project.project')}</th>
          <th scope="col">{t('form.unit')}</th>
          <th scope="col">{t('project.state')}</th>
          <th scope="col">{t('project.attained')}</th>
          <th scope="col">{t('project.actual')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ row, attained, indicators }) => (
          <tr key={row.item}>
            <th scope="row">
              <Link to={`/projects/${row.item}`}>{row.title ?? row.item}</Link>
              {row.item === model ? <span className="tag"> {t('project.model')}</span> : null}
            </th>
            <td>
              <UnitLink unit={row.unit} />
            </td>
            <td>{pick(row.state_title)}</td>
            <td>{percentText(attained)}</td>
            <td>
              {indicators.map(({ target, actual }) => (
                <div key={target.id}>
                  {resultWord(target.id, t)} {actual ? valueWord(actual, t) : '—'} /{' '}
                  {valueWord(target, t)}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
