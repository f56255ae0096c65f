// One item: what it is and where it stands, its story, its facts, and what may be done with it.
import { useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { getHistory, getItem } from '../../api/items';
import { getFlow } from '../../api/ledger';
import type { Flow, History, Item, Receipt } from '../../api/shapes';
import { withQuery } from '../../lib/address';
import { asItemNo } from '../../lib/itemNo';
import { useSpecials } from '../../ui/form/useSpecials';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { holds, useHere } from '../../ui/SessionContext';
import { saveFile } from '../../ui/saveFile';
import { usePageTitle } from '../../ui/usePageTitle';
import { StampLine } from '../../ui/words';
import { ActionForm } from './ActionForm';
import { Actions } from './Actions';
import { Evidence } from './Evidence';
import { Facts } from './Facts';
import { Head } from './Head';
import { Lot } from './Lot';
import { Outcomes } from './Outcomes';
import { MoreSources, Parts } from './Parts';
import { Plan } from './Plan';
import { ReceiptLine } from './ReceiptLine';
import { HouseholdCard } from './HouseholdCard';
import { ReportCard } from './ReportCard';
import { taskNamed } from './tasks';
import { Timeline } from './Timeline';
import type { Told } from './sentences';
import './item.css';

export function ItemPage() {
  const { no: given = '' } = useParams();
  const no = asItemNo(given) ?? given;
  const { t } = useSpeech();
  const item = useQuery({ queryKey: ['item', no], queryFn: () => getItem(no) });
  const history = useQuery({ queryKey: ['history', no], queryFn: () => getHistory(no) });
  const kind = item.data?.kind ?? '';
  const version = item.data?.flow_version;
  const flow = useQuery({
    queryKey: ['flow', kind, version],
    queryFn: () => getFlow(kind, version),
    enabled: kind !== '',
    staleTime: Infinity,
    meta: { still: true },
  });
  usePageTitle(item.data ? (item.data.title ?? no) : no);
  const error = item.error ?? history.error ?? flow.error;
  if (item.data && history.data && flow.data)
    return <OneItem key={no} item={item.data} history={history.data} flow={flow.data} />;
  if (error) return <ErrorNotice error={error} />;
  return (
    <>
      <h1 className="hidden">{t('item.loading', { no })}</h1>
      <Loading rows={10} />
    </>
  );
}

function OneItem({ item, history, flow }: { item: Item; history: History; flow: Flow }) {
  const speech = useSpeech();
  const { session, ledger } = useHere();
  const [search, setSearch] = useSearchParams();
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const [changedTo, setChangedTo] = useState(item.version);
  const asking = useIsFetching({ queryKey: ['item', item.item] }) > 0;
  // A form begun at once waits for the item as the change before it left it: what one has done
  // oneself is not shown as somebody else's doing.
  const behind = item.version < changedTo && asking;
  const queries = useQueryClient();
  const told = useMemo<Told>(
    () => ({ flow, units: history.units, speech, today: ledger.today }),
    [flow, history.units, speech, ledger.today],
  );
  const mine = (session?.posts ?? [])
    .filter((post) => post.role === 'responsible')
    .map((post) => post.unit.code);
  const wanted = search.get('do');
  const specials = useSpecials(wanted === 'correct-special');
  const reader = { today: ledger.today, mine, specials };
  const task = wanted ? taskNamed(wanted, item, flow, reader) : null;
  const go = useCallback(
    (id: string | null, replace = false) => {
      setReceipt(null);
      setSearch((before) => withQuery(before, { do: id }), { preventScrollReset: true, replace });
    },
    [setSearch],
  );
  function done(answer: Receipt) {
    // Going back must not open a form that is done with.
    go(null, true);
    setReceipt(answer);
    setChangedTo(answer.version);
    // Told this once; the next time is one more handing-out.
    if (answer.envelopes)
      saveFile(
        new Blob([JSON.stringify({ envelopes: answer.envelopes })], { type: 'application/json' }),
        `envelope-${item.item}.json`,
      );
    void queries.invalidateQueries({ predicate: (query) => query.meta?.['still'] !== true });
  }
  const mayMend = holds(session, 'recorder') || holds(session, 'supervisor');
  const mend = mayMend ? go : null;
  return (
    <article className="item">
      <Head item={item} flow={flow} />
      {flow.transitions.some((each) => each.act === 'actuals') ? (
        <p>
          <Link to={`/projects/${item.item}`}>{speech.t('item.results')}</Link>
        </p>
      ) : null}
      {receipt ? <ReceiptLine receipt={receipt} onClose={() => setReceipt(null)} /> : null}
      {task && behind ? (
        <Loading />
      ) : task ? (
        <ActionForm
          key={task.id}
          task={task}
          item={item}
          history={history}
          told={told}
          onDone={done}
          onClose={() => go(null)}
        />
      ) : (
        <Actions item={item} flow={flow} onChoose={go} />
      )}
      <div className="item-columns">
        <div>
          <Timeline item={item} history={history} told={told} onMend={mend} />
        </div>
        <div>
          <ReportCard item={item} />
          <HouseholdCard item={item} />
          <Facts item={item} history={history} told={told} onMend={mend} />
          <MoreSources item={item} flow={flow} />
          <Plan item={item} />
          <Parts item={item} />
          <Evidence item={item} onMend={mend} />
          <Outcomes item={item} flow={flow} />
          <Lot item={item} />
        </div>
      </div>
      <StampLine position={item.position} instant={item.instant} />
    </article>
  );
}
