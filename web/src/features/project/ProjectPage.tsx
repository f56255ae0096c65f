// A project: how far it is against its plan, indicators over time, milestones, money, its ballot,
// and what it and its copies bring together. Everything is computed, nothing typed.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router-dom';
import { getItem } from '../../api/items';
import { getResults, getResultsTable } from '../../api/results';
import type { Item, Results } from '../../api/shapes';
import { asItemNo } from '../../lib/itemNo';
import type { Ahead } from '../../ui/ahead';
import { LightWords } from '../../ui/Light';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { usePageTitle } from '../../ui/usePageTitle';
import { Day, Fact, PhaseTag, StampLine, UnitLink } from '../../ui/words';
import { Ballot } from './Ballot';
import { Copies } from './Copies';
import { Milestones, Money } from './Course';
import { Indicators } from './Indicators';
import { percentText } from './model';
import './project.css';

const itemOf = (no: string) => queryOptions({ queryKey: ['item', no], queryFn: () => getItem(no) });
const resultsOf = (no: string) =>
  queryOptions({ queryKey: ['item', no, 'results'], queryFn: () => getResults(no) });

export const ahead: Ahead = ({ params: { no: given = '' }, queries }) => {
  const no = asItemNo(given) ?? given;
  void queries.prefetchQuery(itemOf(no));
  void queries.prefetchQuery(resultsOf(no));
};

export function ProjectPage() {
  const { no: given = '' } = useParams();
  const no = asItemNo(given) ?? given;
  const item = useQuery(itemOf(no));
  const results = useQuery(resultsOf(no));
  usePageTitle(item.data?.title ?? no);
  const error = item.error ?? results.error;
  if (!item.data || !results.data)
    return error ? <ErrorNotice error={error} /> : <Loading rows={10} />;
  const family = results.data.is_copy || results.data.copy_count > 0;
  return (
    <article>
      <Head item={item.data} results={results.data} />
      <Indicators results={results.data} />
      <Milestones results={results.data} />
      <Money results={results.data} />
      {family ? <Copies no={no} /> : null}
      {results.data.votes ? <Ballot ballot={results.data.votes.ballot} no={no} /> : null}
      <StampLine position={results.data.position} instant={results.data.instant} />
    </article>
  );
}

function Head({ item, results }: { item: Item; results: Results }) {
  const { t } = useSpeech();
  const moved = results.original_due !== null && results.original_due !== results.due;
  return (
    <section className="card">
      <div className="head">
        <h1>{item.title ?? item.item}</h1>
        <PhaseTag phase={item.phase} title={item.state.title} />
        <TableButton load={() => getResultsTable(item.item)} name={`results-${item.item}.csv`} />
      </div>
      <p>
        <UnitLink unit={item.unit} /> · <Link to={`/items/${item.item}`}>{item.item}</Link>
      </p>
      <dl className="project-facts">
        <Fact label={t('project.attained')}>
          <b>{percentText(results.attained)}</b>
        </Fact>
        <Fact label={t('project.plannedByNow')}>{percentText(results.planned)}</Fact>
        <Fact label={t('project.gap')}>{percentText(results.gap)}</Fact>
        <Fact label={t('project.light')}>
          {results.light ? <LightWords light={results.light} /> : '—'}
        </Fact>
        <Fact label={t('form.due')}>
          {moved ? (
            <del>
              <Day day={results.original_due} />{' '}
            </del>
          ) : null}
          <Day day={results.due} />
        </Fact>
      </dl>
      <p className="quiet">{t('project.formula')}</p>
    </section>
  );
}
