// One item as a verifier sees it: what counts as success beside what was reported.
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { getHistory, getItem } from '../../api/items';
import { getFlow } from '../../api/ledger';
import type { Flow, History, Item, Quantity } from '../../api/shapes';
import { clockOf, dayOf, longDay } from '../../lib/days';
import { EvidenceList } from '../../ui/EvidenceList';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { postWords } from '../../ui/post';
import { resultWord, unitWord } from '../../ui/quantities';
import { Day, Due, PhaseTag, UnitLink, useQuantityText } from '../../ui/words';
import { Verdict } from './Verdict';
import { saidOf } from './verify';

export function QueueItem({ no, onDone }: { no: string; onDone: (step: string) => void }) {
  const item = useQuery({ queryKey: ['item', no], queryFn: () => getItem(no) });
  const history = useQuery({ queryKey: ['history', no], queryFn: () => getHistory(no) });
  const kind = item.data?.kind;
  const version = item.data?.flow_version;
  const flow = useQuery({
    queryKey: ['flow', kind, version],
    queryFn: () => getFlow(kind ?? '', version),
    enabled: kind !== undefined,
    staleTime: 600_000,
    meta: { still: true },
  });
  const error = item.error ?? history.error ?? flow.error;
  if (item.data && history.data && flow.data)
    return <Loaded item={item.data} history={history.data} flow={flow.data} onDone={onDone} />;
  return error ? <ErrorNotice error={error} /> : <Loading rows={8} />;
}

interface Props {
  item: Item;
  history: History;
  flow: Flow;
}

function Loaded({ item, history, flow, onDone }: Props & { onDone: (step: string) => void }) {
  const { t } = useSpeech();
  return (
    <>
      <div className="head">
        <h2>{item.title ?? t('ledger.noTitle')}</h2>
        <PhaseTag phase={item.phase} title={item.state.title} />
        <Link to={`/items/${item.item}`}>{t('work.wholeItem')}</Link>
      </div>
      <p className="quiet">
        <span className="code">{item.item}</span> · <UnitLink unit={item.unit} /> ·{' '}
        {item.lead ? (
          <>
            {t('term.lead')} <UnitLink unit={item.lead} /> ·{' '}
          </>
        ) : null}
        <Due due={item.due} overdue={item.overdue} />
      </p>
      {item.description ? <p className="given">{item.description}</p> : null}
      <div className="beside">
        <Promised item={item} />
        <Reported history={history} flow={flow} />
      </div>
      <section className="card">
        <h3>{t('work.evidence')}</h3>
        <EvidenceList no={item.item} files={[...item.evidence].reverse()} />
      </section>
      <Verdict item={item} history={history} flow={flow} onDone={onDone} />
    </>
  );
}

function Promised({ item }: { item: Item }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h3>{t('work.criterion')}</h3>
      {item.criterion ? (
        <p className="given">{item.criterion.text ?? t('work.destroyed')}</p>
      ) : (
        <p className="quiet">{t('work.criterionNone')}</p>
      )}
      <Quantities planned={item.criterion?.quantities ?? []} measured={item.measured} />
      <h3>{t('work.measures')}</h3>
      <ol className="queue-measures">
        {item.measures.map((measure) => (
          <li key={measure.measure}>
            {measure.text ?? t('work.destroyed')}{' '}
            <small>
              <Day day={measure.due} /> ·{' '}
              <span className={measure.done ? 'good' : 'soon'}>
                {t(measure.done ? 'work.measureDone' : 'work.measureOpen')}
              </span>
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Quantities({ planned, measured }: { planned: Quantity[]; measured: Quantity[] }) {
  const { t } = useSpeech();
  const text = useQuantityText();
  if (planned.length === 0) return null;
  return (
    <table className="grid quantities">
      <thead>
        <tr>
          <th scope="col">{t('work.quantity')}</th>
          <th scope="col">{t('work.planned')}</th>
          <th scope="col">{t('work.measured')}</th>
        </tr>
      </thead>
      <tbody>
        {planned.map((quantity) => {
          const found = measured.find((each) => each.id === quantity.id);
          return (
            <tr key={quantity.id}>
              <th scope="row">
                {resultWord(quantity.id, t)} <small>{unitWord(quantity.unit, t)}</small>
              </th>
              <td>{text(quantity)}</td>
              <td>{found ? text(found) : '—'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Reported({ history, flow }: { history: History; flow: Flow }) {
  const { t, pick, language } = useSpeech();
  const said = saidOf(history);
  const titleOf = (id: string) => {
    const transition = flow.transitions.find((each) => each.transition === id);
    return transition ? pick(transition.title) : id;
  };
  return (
    <section className="card">
      <h3>{t('work.reported')}</h3>
      {said.length === 0 ? <p className="quiet">{t('work.reportedNone')}</p> : null}
      <ol className="plain said">
        {said.map((each) => (
          <li key={each.seq}>
            <b>{titleOf(each.transition)}</b>{' '}
            <small>
              {each.by ? postWords(each.by, t) : t('term.system')} ·{' '}
              {longDay(dayOf(each.at), language)} {clockOf(each.at)}
            </small>
            <p className="given">{each.text ?? t('work.destroyed')}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
